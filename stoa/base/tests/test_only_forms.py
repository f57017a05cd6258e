"""An address that only takes what a form sends."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_who_reloads_a_forms_address_finds_a_page_with_a_way_on() -> None:
    answer = Client().get("/desk/holds/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address only takes what a form sends." in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_a_program_that_uses_another_verb_is_told_in_a_header_alone() -> None:
    answer = Client().put("/desk/holds/")
    assert (answer.status_code, answer.content) == (405, b"")
