"""Signing in at a network: what one is told before, the way there, the return and all that can be wrong with it, giving it back."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.social.networks.actions import disconnect_channel
from stoa.social.networks.actions.credentials import open_credentials
from stoa.social.networks.actions.signing import LASTING, packed, unpacked
from stoa.social.networks.mastodon.tests.rehearsal import SERVER, SmallServer
from stoa.social.networks.models import Application, Channel, SigningIn
from stoa.social.networks.oauth import challenge
from stoa.social.networks.protocol import Account, Granted
from stoa.social.networks.tests.signing import (
    ASKED,
    ISSUER,
    PAGE,
    RETURN,
    WAY,
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


def test_the_answer_must_come_from_whom_one_went_to(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = guard(monkeypatch)
    for issuer in ({}, {"iss": "https://evil.example"}, {"iss": ISSUER + "/"}):
        state = asked(leave(browser, "guarded", ASKED))["state"]
        refused(browser, {"state": state, "code": "c", **issuer}, "Somebody else answered")
    assert guarded.arrived == []
    assert signed_in(browser).network == "guarded"


def test_what_waits_for_a_choice_keeps_both_its_ends() -> None:
    ends = datetime.fromisoformat("2027-01-01T00:00:00+00:00")
    pair = Account("1", "one"), Granted({"token": "t"}, ends - timedelta(days=1), ends)
    assert unpacked(json.loads(json.dumps(packed(*pair)))) == pair
