"""The steps of OAuth 2: the challenge of RFC 7636, what each answer means, how long what was granted lasts."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from stoa.social.networks import oauth
from stoa.social.networks.protocol import Reconnect, Refused, Response, Trouble, TryLater, Unknown
from stoa.social.networks.rehearsing import Reply

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DATE = {"Date": "Sun, 01 Mar 2026 12:00:00 GMT"}
APP = oauth.Application("id", "s:cret", basic=True)


class One:
    """Answers once, and keeps what it was asked."""

    def __init__(self, status: int, body: Any) -> None:
        self.reply = Reply(status, body if isinstance(body, bytes) else json.dumps(body).encode(), DATE)

    def request(self, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes | None = None,
                json: Any = None, timeout: float | None = None) -> Response:  # fmt: skip
        self.headers = dict(headers or {})
        self.form = {name: values[0] for name, values in parse_qs((content or b"").decode()).items()}
        return self.reply


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    assert (
        oauth.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_an_address_keeps_what_stands_in_it() -> None:
    address = oauth.authorise_address(
        "https://a.example/auth?tenant=1", APP, back="https://s.example/r?x=1&y=ü", scopes=("a", "b"), state="s", verifier="v" * 43,
        prompt="login",
    )  # fmt: skip
    query = parse_qs(urlsplit(address).query)
    assert (query["tenant"], query["redirect_uri"], query["scope"]) == (["1"], ["https://s.example/r?x=1&y=ü"], ["a b"])
    assert (query["prompt"], query["response_type"], "secret" in address) == (["login"], ["code"], False)


def test_an_application_proves_itself_in_the_header_or_in_the_body() -> None:
    said = {"access_token": "t", "token_type": "bearer"}
    http = One(200, said)
    oauth.exchange(http, "https://a.example/t", APP, given={"code": "c"}, back="b", verifier="v")
    assert base64.b64decode(http.headers["authorization"].removeprefix("Basic ")) == b"id:s%3Acret"
    assert http.form == {"grant_type": "authorization_code", "code": "c", "redirect_uri": "b", "code_verifier": "v"}
    http = One(200, said)
    oauth.renewed(http, "https://a.example/t", oauth.Application("id", "x"), refresh="r")
    assert http.form == {"grant_type": "refresh_token", "refresh_token": "r", "client_id": "id", "client_secret": "x"}
    assert "authorization" not in http.headers


@pytest.mark.parametrize(
    ("expires_in", "until"),
    [
        (3600, NOON + timedelta(hours=1)),
        ("3600", NOON + timedelta(hours=1)),
        (0, None),
        (-5, None),
        (10**30, None),
        ("soon", None),
        (None, None),
        ([], None),
    ],
)
def test_an_end_is_measured_by_the_servers_own_clock(expires_in: object, until: datetime | None) -> None:
    said = {"access_token": "t", "token_type": "Bearer", "expires_in": expires_in}
    assert oauth.tokens_of(One(200, said).reply).fresh_until == until


def test_without_a_clock_there_or_here_no_end_is_known() -> None:
    assert oauth.fresh_until(60, {}) is None
    assert oauth.fresh_until(60, {}, at=NOON) == NOON + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (400, {"error": "invalid_grant"}, Reconnect),
        (401, {"error": "invalid_client"}, Refused),
        (400, {"error": "unauthorized_client"}, Refused),
        (400, {"error": "invalid_scope", "error_description": "no"}, Refused),
        (429, {}, TryLater),
        (400, {"error": "temporarily_unavailable"}, TryLater),
        (500, {"error": "server_error"}, Unknown),
        (502, b"<html>", Unknown),
        (400, b"", Unknown),
        (200, b"", Unknown),
        (200, {"access_token": ""}, Unknown),
        (200, {"access_token": 7}, Unknown),
        (200, {"access_token": "x" * 30_000}, Unknown),
        (200, [1], Unknown),
        (200, {"access_token": "t", "token_type": "mac"}, Refused),
    ],
)
def test_each_answer_means_one_thing(status: int, body: Any, trouble: type[Trouble]) -> None:
    with pytest.raises(trouble) as found:
        oauth.tokens_of(One(status, body).reply)
    assert type(found.value) is trouble


def test_a_code_that_is_over_is_refused_and_a_refresh_token_that_is_over_asks_to_reconnect() -> None:
    over = {"error": "invalid_grant"}
    with pytest.raises(Refused):
        oauth.exchange(One(400, over), "https://a.example/t", APP, given={"code": "c"}, back="b", verifier="v")
    for body in (over, {"error": "invalid_client"}):
        with pytest.raises(Reconnect):
            oauth.renewed(One(400, body), "https://a.example/t", APP, refresh="r")


def test_without_a_new_refresh_token_the_old_one_stays() -> None:
    found = oauth.renewed(One(200, {"access_token": "t"}), "https://a.example/t", APP, refresh="r")
    assert (found.access, found.refresh) == ("t", "r")
    found = oauth.renewed(
        One(200, {"access_token": "t", "refresh_token": "q"}), "https://a.example/t", APP, refresh="r"
    )
    assert found.refresh == "q"


def test_tokens_do_not_show_themselves() -> None:
    found = oauth.tokens_of(One(200, {"access_token": "very secret", "refresh_token": "more secret"}).reply)
    assert "secret" not in repr(found)
    assert "s:cret" not in repr(APP)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"error": "access_denied"}, "You did not let Stoa in."),
        ({"error": "server_error"}, "The network could not take the sign-in just now."),
        (
            {"error": "invalid_scope", "error_description": "No such scope."},
            "The network refused the sign-in: No such scope.",
        ),
        ({"error": "x" * 900}, "The network refused the sign-in: " + "x" * 60),
    ],
)
def test_what_is_said_instead_of_letting_us_in(given: dict[str, str], words: str) -> None:
    refusal = oauth.refusal_of(given)
    assert refusal is not None
    assert refusal.reason == words
    assert refusal.mend


def test_a_code_is_no_refusal() -> None:
    assert oauth.refusal_of({"code": "c"}) is None


@pytest.mark.parametrize("date", ["Fri, 31 Dec 9999 23:59:59 -2359", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_an_end_beyond_all_time_is_none(date: str) -> None:
    assert oauth.fresh_until(3600, {"date": date}) is None
