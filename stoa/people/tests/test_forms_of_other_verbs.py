"""Forms that mean another verb than POST, sent as a browser sends them: with their token in the body and no header."""

import pytest
from django.test import Client

from stoa.people.models import Block
from stoa.people.tests.makers import make_person

pytestmark = pytest.mark.django_db


def strict(person: object) -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person.account)  # type: ignore[attr-defined]
    return browser


def test_a_form_that_deletes_is_taken_with_the_token_in_its_body() -> None:
    ada, brin = make_person("Ada"), make_person("Brin")
    browser = strict(ada)
    address = f"/people/{brin.shown_id}/block/"
    token = token_of(browser)
    assert browser.post(address, {"csrfmiddlewaretoken": token}).status_code == 303
    assert Block.objects.count() == 1
    assert browser.post(address, {"csrfmiddlewaretoken": token, "_method": "DELETE"}).status_code == 303
    assert Block.objects.count() == 0


def test_a_form_without_its_token_changes_nothing_and_says_so_on_a_page_of_ours() -> None:
    ada, brin = make_person("Ada"), make_person("Brin")
    browser = strict(ada)
    answer = browser.post(f"/people/{brin.shown_id}/block/", {})
    assert answer.status_code == 403
    assert "This page was open for too long." in answer.content.decode()
    assert Block.objects.count() == 0


def token_of(browser: Client) -> str:
    page = browser.get("/profile/").content.decode()
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
