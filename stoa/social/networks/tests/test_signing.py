"""Signing in at a network: what one is told before, the way there, the return and all that can be wrong with it, giving it back."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotPossible
from stoa.people.models import Person
from stoa.social.networks.actions import disconnect_channel
from stoa.social.networks.actions.credentials import open_credentials
from stoa.social.networks.actions.signing import LASTING, forget_sign_ins
from stoa.social.networks.keeping import erase, export
from stoa.social.networks.mastodon.tests.rehearsal import SERVER, SmallServer
from stoa.social.networks.models import Application, Channel, SigningIn
from stoa.social.networks.oauth import challenge
from stoa.social.networks.protocol import Unknown
from stoa.social.networks.tests.signing import ISSUER, Guarded, guard, speak_through
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
PAGE, WAY = "/desk/channels/new/{}/", "/desk/channels/new/{}/sign-in/"
RETURN = "/desk/channels/sign-in/return"
ASKED = {"client": "the-id", "secret": "the secret of the application"}


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


def browser_of(actor: Actor) -> Client:
    browser = Client()
    browser.force_login(Person.objects.get(id=actor.person_id).account)
    return browser


def leave(browser: Client, network: str = "mastodon", given: dict[str, str] | None = None) -> str:
    """The address to which the page leads."""
    page = browser.post(WAY.format(network), given or {"server": SERVER})
    assert page.status_code == 200, page.content.decode()[-3000:]
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    assert found
    return unescape(found[1])


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(browser: Client, given: dict[str, str]) -> Any:
    return browser.get(RETURN, given)


def refused(browser: Client, given: dict[str, str], words: str) -> None:
    """A clear page, and nothing connected."""
    answer = come_back(browser, given)
    page = unescape(answer.content.decode())
    assert (answer.status_code, words in page) == (409, True), page[-3000:]
    assert Channel.objects.count() == 0


def test_before_one_starts_the_page_says_what_will_be_asked(browser: Client, server: SmallServer) -> None:
    page = browser.get(PAGE.format("mastodon")).content.decode()
    assert "Sign in at Mastodon" in page
    assert "write:statuses" in page
    assert "to publish, to edit and to take down" in page
    assert "Copy a token instead" in page
    assert server.desk.apps == {}


def test_a_person_signs_in_and_the_channel_is_connected(browser: Client, server: SmallServer, staff: Actor) -> None:
    address = leave(browser)
    given = server.desk.consent(address)
    row = SigningIn.objects.get()
    assert given["state"] not in (row.state, row.session)
    assert (row.by_id, row.used_at) == (staff.person_id, None)
    done = come_back(browser, given)
    channel = Channel.objects.get()
    assert (done.status_code, done["Location"]) == (303, f"/desk/channels/{channel.shown_id}/")
    assert (channel.network, channel.remote_id, channel.state) == ("mastodon", "101@mastodon.test", "connected")
    token = open_credentials(channel)["token"]
    assert token in server.desk.tokens
    assert token not in channel.sealed.raw
    assert channel.connected_by_id == staff.person_id


def test_the_way_carries_a_challenge_and_comes_back_to_our_own_address_alone(server: SmallServer, staff: Actor) -> None:
    browser = browser_of(staff)
    page = browser.post(
        WAY.format("mastodon"), {"server": SERVER}, HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example"
    )
    found = re.search(r'content="0;url=([^"]+)"', page.content.decode())
    assert found
    query = asked(unescape(found[1]))
    verifier = json.loads(SigningIn.objects.get().kept.open().reveal())["verifier"]
    assert query["code_challenge"] == challenge(verifier)
    assert query["redirect_uri"] == f"{settings.STOA_URL.rstrip('/')}{RETURN}"
    assert query["scope"].split() == [
        "read:accounts",
        "read:statuses",
        "read:notifications",
        "write:statuses",
        "write:media",
    ]
    assert "frame-ancestors" in page.headers["Content-Security-Policy"]


def test_a_missing_or_wrong_state_connects_nothing(browser: Client, server: SmallServer) -> None:
    given = server.desk.consent(leave(browser))
    refused(browser, {"code": given["code"]}, "belongs to no sign-in")
    refused(browser, given | {"state": "x" + given["state"][1:]}, "is not known here")
    refused(browser, {"state": given["state"] + "\n", "code": given["code"]}, "is not known here")
    assert (given["code"] in server.desk.codes, SigningIn.objects.get().used_at) == (True, None)


def test_a_state_counts_once(browser: Client, server: SmallServer) -> None:
    given = server.desk.consent(leave(browser))
    assert come_back(browser, given).status_code == 303
    again = come_back(browser, given)
    assert (again.status_code, b"was used already" in again.content) == (409, True)
    assert Channel.objects.count() == 1


def test_a_refused_return_uses_its_state_up_too(browser: Client, server: SmallServer) -> None:
    given = server.desk.consent(leave(browser))
    refused(browser, given | {"code": "another"}, "does not accept this sign-in any more")
    refused(browser, given, "was used already")


def test_another_session_or_person_cannot_use_it(browser: Client, server: SmallServer, staff: Actor) -> None:
    given = server.desk.consent(leave(browser))
    for other in (browser_of(staff), browser_of(make_staff("owner"))):
        refused(other, given, "by somebody else, or in another browser")
    assert come_back(browser_of(make_staff("lead")), given).status_code == 403
    assert SigningIn.objects.get().used_at is None
    assert come_back(browser, given).status_code == 303


def test_after_ten_minutes_it_is_over(browser: Client, server: SmallServer) -> None:
    now = clock.now()
    with clock.pinned(now):
        given = server.desk.consent(leave(browser))
    with clock.pinned(now + LASTING):
        refused(browser, given, "longer than ten minutes")
    assert given["code"] in server.desk.codes


def test_who_says_no_is_told_kindly_and_may_begin_again(browser: Client, server: SmallServer) -> None:
    server.desk.willing = False
    refused(browser, server.desk.consent(leave(browser)), "You did not let Stoa in.")
    server.desk.willing = True
    assert come_back(browser, server.desk.consent(leave(browser))).status_code == 303


def test_a_server_that_is_none_keeps_what_was_typed(browser: Client, server: SmallServer) -> None:
    page = browser.post(WAY.format("mastodon"), {"server": "ftp://nowhere"})
    assert (page.status_code, b"ftp://nowhere" in page.content) == (422, True)
    said = page.content.decode().partition("sign_in_server_error")[2][:600]
    assert "This is not the address of a server." in said
    assert browser.post(WAY.format("mastodon"), {}).status_code == 422
    assert browser.post(WAY.format("bluesky"), {}).status_code == 404
    assert browser.get(WAY.format("mastodon")).status_code == 405
    assert SigningIn.objects.count() == 0


def test_a_server_knows_one_application_of_ours(browser: Client, server: SmallServer) -> None:
    come_back(browser, server.desk.consent(leave(browser)))
    for written in ("MASTODON.test/", "https://mastodon.test/"):
        assert come_back(browser, server.desk.consent(leave(browser, given={"server": written}))).status_code == 303
    assert (len(server.desk.apps), Channel.objects.count()) == (1, 1)
    kept = Application.objects.get()
    assert (kept.place, "secret of app" in kept.sealed.raw) == ("mastodon.test", False)
    server.desk.apps.clear()  # servers forget applications that nobody used
    come_back(browser, server.desk.consent(leave(browser)))
    assert (len(server.desk.apps), Application.objects.count()) == (1, 1)


def test_disconnecting_gives_the_access_back(browser: Client, server: SmallServer, staff: Actor) -> None:
    come_back(browser, server.desk.consent(leave(browser)))
    channel = Channel.objects.get()
    token = open_credentials(channel)["token"]
    disconnect_channel(channel, by=staff)
    channel.refresh_from_db()
    assert (channel.state, channel.sealed, token in server.desk.tokens) == ("disconnected", None, False)
    assert channel.reason == "Mastodon confirms that the access was taken back."
    assert channel.reason.encode() in browser.get(f"/desk/channels/{channel.shown_id}/").content


def test_access_that_could_not_be_given_back_is_forgotten_and_said(
    browser: Client, monkeypatch: pytest.MonkeyPatch, staff: Actor
) -> None:
    guard(monkeypatch)
    channel = signed_in(browser)
    disconnect_channel(channel, by=staff)
    channel.refresh_from_db()
    assert (channel.state, channel.sealed) == ("disconnected", None)
    assert (
        channel.reason
        == "Stoa has forgotten what opened it, but Guarded could not be told. Take the access back there."
    )


def signed_in(browser: Client) -> Channel:
    state = asked(leave(browser, "guarded", ASKED))["state"]
    assert come_back(browser, {"state": state, "code": "c", "iss": ISSUER}).status_code == 303
    return Channel.objects.get()


def test_the_answer_must_come_from_whom_one_went_to(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = guard(monkeypatch)
    for issuer in ({}, {"iss": "https://evil.example"}, {"iss": ISSUER + "/"}):
        state = asked(leave(browser, "guarded", ASKED))["state"]
        refused(browser, {"state": state, "code": "c", **issuer}, "Somebody else answered")
    assert guarded.arrived == []
    assert signed_in(browser).network == "guarded"


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
