"""Proving an address on another device: its mail and what one chose at joining are one person's. A stranger who joins with it gets
nothing."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from stoa.base import clock
from stoa.base.models import FactRow
from stoa.base.models.letter import Letter
from stoa.people.claims import awaited, behind, claim_link
from stoa.people.loading import of_account
from stoa.people.models import Account, Identity, Person, SignUp
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_claiming import known

pytestmark = pytest.mark.django_db
PASSWORD, ADDRESS = "correct horse battery", "ada@example.org"


@pytest.fixture(autouse=True)
def no_letter_before() -> None:
    """The library writes one letter to an address in a while, and counts in the cache."""
    cache.clear()


def join(client: Client, password: str = PASSWORD) -> Person:
    client.post("/join/", {"name": "Ada", "email": ADDRESS, "password1": password})
    return Person.objects.get(account__email=ADDRESS)


def link_in_the_letter(path: str = "/join/confirm/") -> str:
    found = re.search(rf"http://[^/]+({path}\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def sign_in(client: Client, password: str = PASSWORD) -> None:
    client.post("/sign-in/", {"login": ADDRESS, "password": password})


def proof() -> str:
    return SignUp.objects.get().proof


def test_who_opens_the_letter_elsewhere_signs_in_there_and_is_asked_whether_it_is_them() -> None:
    old, here, phone = known(), Client(), Client()
    new = join(here)
    page = phone.post(link_in_the_letter()).headers["Location"]
    told = phone.get(page)
    assert told.headers["Cache-Control"].count("no-store") == 1
    assert "Ada of the forum" in told.content.decode()
    assert "Sign in with what you chose when you joined" in told.content.decode()
    assert awaited(new) is None
    sign_in(phone)
    assert "This account is mine, go on" in phone.get(page).content.decode()
    assert proof() == "letter"
    assert phone.post(page).headers["Location"] == "/join/door/"
    assert (proof(), awaited(new)) == ("own", old)
    assert "Is this you?" in phone.get("/join/door/").content.decode()
    phone.post("/join/door/claim/", {"is_me": "yes"})
    old.refresh_from_db()
    assert old.account is not None
    assert old.account.email == ADDRESS
    assert phone.get(page).status_code == 404
    assert FactRow.objects.filter(name="people.address_proven").count() == 1


def test_a_stranger_who_joined_with_a_foreign_address_gets_nothing_when_its_owner_presses_what_came() -> None:
    known()
    stranger, owner = Client(), Client()
    new = join(stranger, "stranger's own words")
    page = owner.post(link_in_the_letter()).headers["Location"]
    assert stranger.post("/join/confirmed/").headers["Location"] == "/join/door/"
    assert awaited(new) is None
    assert "Ada of the forum" not in stranger.get("/join/door/").content.decode()
    assert owner.post(page).status_code == 200
    assert (proof(), awaited(new)) == ("letter", None)
    stranger.post("/join/known/letter/")
    assert Letter.objects.latest("id").address == ADDRESS
    assert stranger.get("/join/known/nobody-signed-this/").status_code == 404
    assert stranger.post("/join/known/nobody-signed-this/").status_code == 404
    assert (proof(), awaited(new)) == ("letter", None)


def test_the_owner_shuts_out_whoever_joined_with_their_address() -> None:
    old, stranger, owner = known(), Client(), Client()
    join(stranger, "stranger's own words")
    page = owner.post(link_in_the_letter()).headers["Location"]
    stranger.post("/join/confirmed/")
    account = Account.objects.get(email=ADDRESS)
    EmailAddress.objects.create(user=account, email="stranger@example.net", verified=True)
    account.set_password(PASSWORD)
    account.save()
    assert stranger.get("/join/door/").status_code == 303
    late = Client()
    late.force_login(account)
    sign_in(owner)
    Authenticator.objects.create(user=account, type="webauthn", data={})
    owner.post(page)
    assert not Authenticator.objects.filter(user=account).exists()
    assert [each.email for each in EmailAddress.objects.filter(user=account)] == [ADDRESS]
    assert late.get("/join/door/").status_code == 303
    assert owner.get("/join/door/").status_code == 200
    owner.post("/join/door/claim/", {"is_me": "yes"})
    old.refresh_from_db()
    assert old.account_id == account.id


def test_who_waits_where_they_joined_does_not_go_on_once_somebody_has_signed_in() -> None:
    here, elsewhere = Client(), Client()
    join(here)
    elsewhere.post(link_in_the_letter())
    sign_in(elsewhere)
    assert here.post("/join/confirmed/").headers["Location"] == "/sign-in/"
    assert here.get("/join/door/").status_code == 303


def test_a_link_is_for_the_account_that_joined_with_its_address_alone() -> None:
    old = known()
    page = claim_link(Identity.objects.get())
    eve = make_person("Eve", standing="pending")
    client = Client()
    client.force_login(eve.account)  # type: ignore[arg-type]
    assert "This link is for somebody who joined with the other address" in client.get(page).content.decode()
    assert client.post(page).status_code == 409
    assert behind(page.split("/")[-2]).person == old  # type: ignore[union-attr]
    old.refresh_from_db()
    assert old.account_id is None


def test_a_link_is_good_for_a_year() -> None:
    known()
    token = claim_link(Identity.objects.get()).split("/")[-2]
    assert behind(token) is not None
    assert behind(f"{token}x") is None
    Identity.objects.update(person=None)
    assert behind(token) is None


def test_a_member_is_told_that_two_people_are_never_made_one() -> None:
    known()
    page = claim_link(Identity.objects.get())
    member = make_person("Ada")
    Account.objects.filter(id=member.account_id or 0).update(email=ADDRESS)
    client = Client()
    client.force_login(Account.objects.get(id=member.account_id or 0))
    assert "You are a member already" in client.get(page).content.decode()
    assert client.post(page).status_code == 409


def test_the_door_says_the_same_whether_or_not_an_address_is_known() -> None:
    known("somebody.else@example.org")
    here, elsewhere = Client(), Client()
    join(here)
    elsewhere.post(link_in_the_letter())
    here.post("/join/confirmed/")
    assert "Did you belong to a place that moved in here?" in here.get("/join/door/").content.decode()
    before = Letter.objects.count()
    assert here.post("/join/known/letter/").headers["Location"] == "/join/door/"
    assert "If somebody is known by your address, a letter is on its way" in here.get("/join/door/").content.decode()
    assert Letter.objects.count() == before
    for _number in range(2):
        here.post("/join/known/letter/")
    assert here.post("/join/known/letter/").status_code == 429
    with clock.moved(by=timedelta(days=1)):
        assert here.post("/join/known/letter/").status_code == 303


def test_an_address_for_which_a_link_for_everybody_stood_is_nobodys_address() -> None:
    person = make_person("Eve")
    account = person.account
    assert account is not None
    assert actor_of(person).proven == account.email
    row = SignUp.objects.create(person=person, address=account.email.upper(), proof=SignUp.Proof.HELD)
    for proof in (SignUp.Proof.HELD, SignUp.Proof.LETTER):
        SignUp.objects.filter(id=row.id).update(proof=proof)
        assert (actor_of(person).proven, of_account(account).proven) == ("", "")
        assert actor_of(person).address == account.email  # where they are written to all the same
    for proof in (SignUp.Proof.NAMED, SignUp.Proof.OWN):
        SignUp.objects.filter(id=row.id).update(proof=proof)
        assert actor_of(person).proven == account.email
    SignUp.objects.filter(id=row.id).update(proof=SignUp.Proof.HELD, address="before@example.org")
    assert actor_of(person).proven == account.email
