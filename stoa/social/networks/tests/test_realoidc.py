"""The flow of signing in against a real, certified server: discovery, code and PKCE, rotation, revocation, and what must be refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.test import Client

from stoa.people.models import Person
from stoa.social.networks import lines, registry
from stoa.social.networks.actions import disconnect_channel, refresh_channel
from stoa.social.networks.actions.credentials import open_credentials
from stoa.social.networks.actions.signing import RETURN
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Line, Reconnect
from stoa.social.networks.tests.plain_http import PlainHttp
from stoa.social.networks.tests.realoidc import SECRET, Certified, Visitor, local_oidc
from stoa.spaces.tests.makers import make_staff

pytestmark = [pytest.mark.realnet, pytest.mark.django_db]
BACK = f"{settings.STOA_URL.rstrip('/')}{RETURN}"
CERTIFIED = Certified()


@pytest.fixture(scope="module")
def issuer(request: pytest.FixtureRequest) -> Iterator[str]:
    if "realnet" not in str(request.config.getoption("markexpr", "")):
        pytest.skip("asked for with -m realnet")
    with local_oidc(BACK) as running:
        yield running


@pytest.fixture
def staff() -> Any:
    return make_staff("social_media_manager")


@pytest.fixture
def http(monkeypatch: pytest.MonkeyPatch) -> Iterator[PlainHttp]:
    plain = PlainHttp()
    monkeypatch.setattr(lines, "client", lambda: plain)
    yield plain
    plain.client.close()


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch, staff: Any, http: PlainHttp) -> Client:
    known = {**registry.connectors(), CERTIFIED.key: CERTIFIED}
    monkeypatch.setattr(registry, "connectors", lambda: known)
    browser = Client()
    browser.force_login(Person.objects.get(id=staff.person_id).account)
    return browser


def leave(browser: Client, issuer: str) -> str:
    given = {"issuer": issuer, "client": "stoa", "secret": SECRET}
    page = browser.post("/desk/channels/new/certified/sign-in/", given).content.decode()
    found = re.search(r'content="0;url=([^"]+)"', page)
    assert found, page[-2000:]
    return unescape(found[1])


def sign_in(browser: Client, issuer: str, name: str = "porch") -> Channel:
    done = browser.get(RETURN, Visitor(name).visit(leave(browser, issuer), BACK))
    assert done.status_code == 303, done.content.decode()[-2000:]
    return Channel.objects.get(remote_id=name)


def refused(browser: Client, given: dict[str, str], words: str) -> None:
    answer = browser.get(RETURN, given)
    assert (answer.status_code, words in unescape(answer.content.decode())) == (409, True), answer.content[-2000:]
    assert Channel.objects.count() == 0


def changed(address: str, **more: str) -> str:
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | more
    return urlunsplit(parts._replace(query=urlencode(query)))


def test_a_person_signs_in_and_the_tokens_end_is_known(browser: Client, issuer: str) -> None:
    began = datetime.now(UTC)
    channel = sign_in(browser, issuer)
    assert (channel.name, channel.state) == ("porch", "connected")
    assert channel.fresh_until is not None
    assert abs(channel.fresh_until - began - timedelta(hours=1)) < timedelta(seconds=30)
    assert {"token", "refresh"} <= set(open_credentials(channel))


def test_a_wrong_state_asks_the_server_nothing_and_the_right_one_still_counts(browser: Client, issuer: str) -> None:
    given = Visitor("porch").visit(leave(browser, issuer), BACK)
    refused(browser, given | {"state": "another"}, "is not known here")
    assert browser.get(RETURN, given).status_code == 303


def test_an_answer_of_another_issuer_is_refused(browser: Client, issuer: str) -> None:
    given = Visitor("porch").visit(leave(browser, issuer), BACK)
    assert given["iss"] == issuer
    refused(browser, given | {"iss": "http://127.0.0.1:1"}, "Somebody else answered")
    given = Visitor("porch").visit(leave(browser, issuer), BACK)
    refused(browser, {name: value for name, value in given.items() if name != "iss"}, "Somebody else answered")


def test_a_code_of_another_sign_in_is_refused_by_the_server(browser: Client, issuer: str) -> None:
    """A code that somebody else's browser was given: the verifier of this sign-in does not fit its challenge."""
    theirs = Visitor("mallory").visit(leave(browser, issuer), BACK)
    ours = Visitor("porch").visit(leave(browser, issuer), BACK)
    refused(browser, ours | {"code": theirs["code"]}, "does not accept this sign-in any more")


def test_a_code_counts_once(browser: Client, issuer: str) -> None:
    given = Visitor("porch").visit(leave(browser, issuer), BACK)
    assert browser.get(RETURN, given).status_code == 303
    assert b"was used already" in browser.get(RETURN, given).content


def test_who_says_no_is_sent_back_kindly(browser: Client, issuer: str) -> None:
    given = Visitor("porch").visit(leave(browser, issuer), BACK, agrees=False)
    assert given["error"] == "access_denied"
    refused(browser, given, "You did not let Stoa in.")


def test_a_way_without_a_challenge_is_not_taken(browser: Client, issuer: str) -> None:
    address = changed(leave(browser, issuer), code_challenge_method="plain")
    given = Visitor("porch").visit(address, BACK)
    assert given["error"] == "invalid_request"
    refused(browser, given, "The network refused the sign-in")


def test_tokens_rotate_and_one_that_was_rotated_away_asks_to_reconnect(
    browser: Client, issuer: str, http: PlainHttp
) -> None:
    channel = sign_in(browser, issuer)
    before = open_credentials(channel)
    refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
    channel.refresh_from_db()
    now = open_credentials(channel)
    assert now["refresh"] != before["refresh"]
    assert now["token"] != before["token"]
    assert CERTIFIED.identify(over=lines.line_for(channel)).id == "porch"
    with pytest.raises(Reconnect):
        CERTIFIED.refresh(over=Line(http, before))
    with pytest.raises(
        Reconnect
    ):  # whoever shows an old one ends the whole family: the server cannot tell who stole it
        refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)


def test_disconnecting_gives_the_access_back_there(browser: Client, issuer: str, staff: Any, http: PlainHttp) -> None:
    channel = sign_in(browser, issuer)
    kept = open_credentials(channel)
    disconnect_channel(channel, by=staff)
    channel.refresh_from_db()
    assert channel.reason == "Certified confirms that the access was taken back."
    with pytest.raises(Reconnect):
        CERTIFIED.refresh(over=Line(http, kept))
