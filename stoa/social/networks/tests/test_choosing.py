"""Signing in where a network looks first: our application, several accounts to choose among, answers that make no sense."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotPossible
from stoa.people.models import Person
from stoa.social.networks.actions.credentials import open_credentials
from stoa.social.networks.actions.signing import LASTING, forget_sign_ins
from stoa.social.networks.keeping import erase, export
from stoa.social.networks.mastodon.tests.rehearsal import SmallServer
from stoa.social.networks.models import Application, Channel, SigningIn
from stoa.social.networks.protocol import Unknown
from stoa.social.networks.tests.signing import (
    ASKED,
    ISSUER,
    PAGE,
    RETURN,
    WAY,
    Guarded,
    asked,
    browser_of,
    come_back,
    guard,
    leave,
    refused,
    signed_in,
    speak_through,
)
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(staff: Actor) -> Client:
    return browser_of(staff)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> SmallServer:
    small = SmallServer()
    speak_through(monkeypatch, small)
    return small


def test_what_a_network_demands_is_said_first_and_its_application_is_asked_once(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = guard(monkeypatch)
    page = browser.get(PAGE.format("guarded")).content.decode()
    assert "Guarded looks at each application for two weeks." in page
    assert f"{settings.STOA_URL.rstrip('/')}{RETURN}" in page
    assert browser.post(WAY.format("guarded"), {"client": "the-id"}).status_code == 422
    signed_in(browser)
    kept = Application.objects.get()
    assert (kept.network, kept.place, json.loads(kept.sealed.open().reveal())) == ("guarded", "", ASKED)
    page = browser.get(PAGE.format("guarded")).content.decode()
    assert "It is kept here already." in page
    assert ASKED["secret"] not in page
    state = asked(leave(browser, "guarded", {"client": "", "secret": ""}))["state"]
    assert come_back(browser, {"state": state, "code": "d", "iss": ISSUER}).status_code == 303
    assert guarded.arrived[-1]["client"] == "the-id"


def test_an_application_that_proved_wrong_is_not_kept(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    guard(monkeypatch, broken=Unknown("It answered 500."))
    state = asked(leave(browser, "guarded", ASKED))["state"]
    refused(browser, {"state": state, "code": "c", "iss": ISSUER}, "It answered 500.")
    assert Application.objects.count() == 0


def test_an_answer_that_makes_no_sense_is_a_clear_page(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    guard(monkeypatch, broken=KeyError("id"))
    state = asked(leave(browser, "guarded", ASKED))["state"]
    refused(browser, {"state": state, "code": "c", "iss": ISSUER}, "could not be understood")
    guard(monkeypatch, opens=())
    state = asked(leave(browser, "guarded", ASKED))["state"]
    refused(browser, {"state": state, "code": "c", "iss": ISSUER}, "No account was opened there.")


def test_of_several_accounts_the_person_chooses(browser: Client, monkeypatch: pytest.MonkeyPatch, staff: Actor) -> None:
    guard(monkeypatch, opens=("Porch", "Workshop", "Garden"))
    state = asked(leave(browser, "guarded", ASKED))["state"]
    led = come_back(browser, {"state": state, "code": "c", "iss": ISSUER})["Location"]
    row = SigningIn.objects.get()
    assert (led, Channel.objects.count()) == (f"/desk/channels/sign-ins/{row.shown_id}/", 0)
    assert "token of" not in row.offered.raw
    page = browser.get(led)
    assert (page.status_code, b"Workshop" in page.content, b"token of" in page.content) == (200, True, False)
    for other in (browser_of(staff), browser_of(make_staff("owner"))):
        assert (other.get(led).status_code, other.post(led, {"accounts": "1"}).status_code) == (404, 404)
    for wrong in ({}, {"accounts": "9"}, {"accounts": "-1"}, {"accounts": "x"}):
        assert browser.post(led, wrong).status_code == 422
    assert Channel.objects.count() == 0
    assert browser.post(led, {"accounts": ["1", "2"]})["Location"] == "/desk/channels/"
    assert sorted(Channel.objects.values_list("handle", flat=True)) == ["garden", "workshop"]
    channel = Channel.objects.get(handle="workshop")
    assert (open_credentials(channel)["token"], channel.fresh_until.year) == ("token of Workshop", 2027)
    assert (browser.get(led).status_code, browser.post(led, {"accounts": "0"}).status_code) == (404, 404)


def test_a_choice_ends_with_its_ten_minutes(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    guard(monkeypatch, opens=("Porch", "Workshop"))
    now = clock.now()
    with clock.pinned(now):
        state = asked(leave(browser, "guarded", ASKED))["state"]
        led = come_back(browser, {"state": state, "code": "c", "iss": ISSUER})["Location"]
    with clock.pinned(now + LASTING):
        assert (browser.get(led).status_code, browser.post(led, {"accounts": "0"}).status_code) == (404, 404)
        forget_sign_ins()
        assert SigningIn.objects.count() == 1
    with clock.pinned(now + LASTING + timedelta(hours=2)):
        forget_sign_ins()
    assert SigningIn.objects.count() == 0


def test_who_leaves_takes_their_sign_in_along(browser: Client, server: SmallServer, staff: Actor) -> None:
    leave(browser)
    person = Person.objects.get(id=staff.person_id)
    assert [each["network"] for each in export(person)["sign_ins"]] == ["mastodon"]
    erase(person)
    assert SigningIn.objects.count() == 0


def test_what_was_sealed_elsewhere_opens_nothing(
    browser: Client, monkeypatch: pytest.MonkeyPatch, staff: Actor
) -> None:
    guard(monkeypatch)
    first, second = (asked(leave(browser, "guarded", ASKED))["state"] for _ in range(2))
    rows = list(SigningIn.objects.order_by("id"))
    SigningIn.objects.filter(id=rows[1].id).update(kept=rows[0].kept.raw)
    refused(browser, {"state": second, "code": "c", "iss": ISSUER}, "cannot be read any more")
    assert come_back(browser, {"state": first, "code": "c", "iss": ISSUER}).status_code == 303


def test_a_hostile_network_names_no_address_of_its_liking(
    browser: Client, monkeypatch: pytest.MonkeyPatch, staff: Actor
) -> None:
    from stoa.social.networks.actions import leave_for
    from stoa.social.networks.protocol import Leaving

    guard(monkeypatch)
    monkeypatch.setattr(Guarded, "leave", lambda self, answers, **more: Leaving("javascript:alert(1)", {}))
    with pytest.raises(NotPossible):
        leave_for("guarded", ASKED, session="s", by=staff)
    assert SigningIn.objects.count() == 0
