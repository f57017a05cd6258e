"""Joining with a passkey: no password anywhere, and nobody stands outside of their own account."""

import re

import pytest
from django.core import mail
from django.test import Client

from stoa.people.models import Account, Person

pytestmark = pytest.mark.django_db
FORM = {"name": "Noor", "email": "noor.keys@example.org", "by": "passkey"}


def confirm_in_the_letter() -> str:
    found = re.search(r"http://[^/]+(/join/confirm/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_who_joins_with_a_passkey_has_no_password_and_makes_the_key_before_the_door() -> None:
    here = Client()
    assert here.post("/join/", FORM).status_code == 302
    account = Account.objects.get(email="noor.keys@example.org")
    assert not account.has_usable_password()
    letter = confirm_in_the_letter()
    assert here.post(letter).headers["Location"] == "/join/door/"
    assert here.get("/join/door/").headers["Location"] == "/join/passkey/"
    page = here.get("/join/passkey/").content.decode()
    assert "creation_options" in page
    assert '"residentKey": "required"' in page
    assert Person.objects.get(name="Noor").standing == "pending"


def test_confirming_on_another_device_leads_on_where_one_began() -> None:
    here, elsewhere = Client(), Client()
    here.post("/join/", FORM | {"email": "noor.elsewhere@example.org"})
    assert here.post("/join/confirmed/").headers["Location"] == "/join/confirm/"
    assert elsewhere.post(confirm_in_the_letter()).headers["Location"] == "/sign-in/forgotten/"
    assert elsewhere.get("/join/passkey/").headers["Location"].startswith("/sign-in/")
    assert here.post("/join/confirmed/").headers["Location"] == "/join/door/"
    assert here.get("/join/door/").headers["Location"] == "/join/passkey/"
    assert elsewhere.post("/join/confirmed/").headers["Location"] == "/join/confirm/"


def test_a_mistake_beside_a_passkey_keeps_what_was_typed_and_asks_for_no_password() -> None:
    page = Client().post("/join/", FORM | {"email": "noor"})
    told = page.content.decode()
    assert 'value="Noor"' in told
    assert 'name="password1"' not in told
    assert 'value="passkey"' in told
    assert not Account.objects.exists()


def test_a_password_is_still_asked_of_who_joins_without_a_passkey() -> None:
    page = Client().post("/join/", {"name": "Noor", "email": "noor.nothing@example.org"})
    assert 'name="password1"' in page.content.decode()
    assert not Account.objects.exists()


def test_who_has_a_way_to_sign_in_is_led_on_to_the_door() -> None:
    here = Client()
    here.post("/join/", {"name": "Noor", "email": "noor.typed@example.org", "password1": "correct horse battery"})
    here.post(confirm_in_the_letter())
    assert here.get("/join/passkey/").headers["Location"] == "/join/door/"
