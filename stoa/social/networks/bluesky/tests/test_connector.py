"""The connector meets what the real local server answered (see `recording`)."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stoa.social.networks.bluesky.connector import CONNECTOR
from stoa.social.networks.bluesky.records import address_of, record_key
from stoa.social.networks.bluesky.session import answer_of, open_session
from stoa.social.networks.bluesky.tests.recording import NOON, SCENES, recorded, scene
from stoa.social.networks.bluesky.tests.rehearsal import SERVER, STRANGER, SmallServer
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Expired,
    Gone,
    Line,
    NotSent,
    Picture,
    Published,
    Reconnect,
    Refused,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Faults, Reply


def published(name: str) -> Published:
    replay, line = recorded(name)
    made = CONNECTOR.publish(SCENES[name], over=line)
    assert replay.exchanges == []
    return made


@pytest.mark.parametrize("name", ["plain", "rich", "card", "picture"])
def test_what_goes_out_is_what_the_server_took(name: str) -> None:
    made = published(name)
    assert made.id.endswith("/" + record_key(SCENES[name]))
    assert made.version.startswith("bafyrei")
    assert made.address == address_of(made.id)
    assert made.at == NOON


def test_connecting_forgets_the_password() -> None:
    replay, _ = recorded("connect")
    answers = {"handle": " @guild.test", "password": "secret-app-word", "server": "pds.test/"}
    account, granted = CONNECTOR.connect(answers, http=replay)
    assert (account.handle, account.name) == ("guild.test", "Guild")
    assert account.address == f"https://bsky.app/profile/{account.id}"
    assert "secret-app-word" not in granted.credentials.values()
    assert granted.credentials["server"] == "https://pds.test"


def test_a_wrong_password_says_how_to_mend_it() -> None:
    replay, _ = recorded("wrong password")
    with pytest.raises(Refused) as caught:
        CONNECTOR.connect({"handle": "guild.test", "password": "wrong", "server": SERVER}, http=replay)
    assert "app password" in caught.value.mend


def test_an_account_that_asks_for_a_code_is_told_of_app_passwords() -> None:
    http = Faults(SmallServer(), instead=lambda: Reply(401, b'{"error": "AuthFactorTokenRequired"}'))
    with pytest.raises(Refused) as caught:
        open_session({"handle": "guild.test", "password": "x", "server": SERVER}, http)
    assert caught.value.mend == "Use an app password: it needs no code."


def test_what_is_no_address_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(Refused):
        CONNECTOR.connect({"handle": "a.test", "password": "x", "server": "ftp://a"}, http=SmallServer())


def test_a_text_too_long_is_refused_by_the_server_itself() -> None:
    replay, line = recorded("too long")
    with pytest.raises(Refused):
        CONNECTOR.publish(SCENES["too long"], over=line)
    assert replay.exchanges == []


def test_a_key_that_is_taken_is_looked_up() -> None:
    replay, line = recorded("again")
    assert [exchange["status"] for exchange in replay.exchanges] == [500, 200]
    again = CONNECTOR.publish(SCENES["plain"], over=line)
    assert (again.id, again.version) == (published("plain").id, published("plain").version)


def test_settling_finds_or_does_not_find() -> None:
    _, line = recorded("settled")
    assert CONNECTOR.settle(SCENES["plain"], over=line) == published("plain")
    _, line = recorded("absent")
    assert CONNECTOR.settle(scene("Never", "never"), over=line) == Absent()


def test_another_post_at_the_key_is_never_taken_for_ours() -> None:
    _, line = recorded("settled")
    with pytest.raises(Refused):
        CONNECTOR.settle(replace(SCENES["plain"], text="Something else"), over=line)


def test_an_answer_is_heard_with_its_author_and_place() -> None:
    _, line = recorded("listen")
    heard = CONNECTOR.listen("", over=line)
    item = heard.items[0]
    plain = published("plain").id
    assert (item.kind, item.text, item.in_reply_to, item.root, item.about) == ("reply", "How?", plain, plain, plain)
    assert (item.author.handle, item.author.name) == ("neighbour.test", "Neighbour")
    assert item.at.tzinfo is UTC


def test_numbers_are_read_and_reach_is_not_offered() -> None:
    _, line = recorded("measure")
    told = CONNECTOR.measure([published("plain").id], over=line)
    values = {reading.measure: reading.value for reading in told.readings}
    assert values["replies"] == 1
    assert values["reach"] is NOT_OFFERED
    assert values["impressions"] is NOT_OFFERED


def test_deleting_and_looking_again() -> None:
    _, line = recorded("deleted")
    assert "confirms" in CONNECTOR.delete(published("plain").id, over=line).answer
    _, line = recorded("gone")
    assert not CONNECTOR.stands(published("plain").id, over=line)


def test_a_closed_session_asks_to_reconnect() -> None:
    _, line = recorded("closed session")
    with pytest.raises(Reconnect):
        CONNECTOR.publish(SCENES["plain"], over=line)


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (Reply(400, b'{"error": "ExpiredToken"}'), Expired),
        (Reply(401, b'{"error": "AuthMissing"}'), Reconnect),
        (Reply(400, b'{"error": "AccountTakedown"}'), Reconnect),
        (Reply(400, b'{"error": "RecordNotFound"}'), Gone),
        (Reply(400, b'{"error": "BlobTooLarge"}'), Refused),
        (Reply(413, b"too large"), Refused),
        (Reply(400, b"<html>a proxy"), Unknown),
        (Reply(404, b"null"), Unknown),
        (Reply(500, b'{"error": "InternalServerError"}'), Unknown),
        (Reply(302, b""), Unknown),
        (Reply(200, b"{cut"), Unknown),
    ],
)
def test_each_answer_has_one_meaning(reply: Reply, trouble: type[Exception]) -> None:
    with pytest.raises(trouble) as caught:
        answer_of(reply)
    assert type(caught.value) is trouble


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "12"}, 12.0),
        ({"Retry-After": "Mon, 23 Nov 2026 12:01:00 GMT", "Date": "Mon, 23 Nov 2026 12:00:00 GMT"}, 60.0),
        ({"ratelimit-reset": "1795435290", "date": "Mon, 23 Nov 2026 12:00:00 GMT"}, 90.0),
        ({"ratelimit-reset": "0", "date": "Mon, 23 Nov 2026 12:00:00 GMT"}, 1.0),
        ({"Retry-After": "-5"}, 60.0),
        ({}, 60.0),
    ],
)
def test_patience_is_read_from_what_the_server_says(headers: dict[str, str], seconds: float) -> None:
    with pytest.raises(TryLater) as caught:
        answer_of(Reply(429, b'{"error": "RateLimitExceeded"}', headers))
    assert caught.value.after == seconds


def test_the_expiry_is_read_from_the_token() -> None:
    server = SmallServer()
    claims = base64.urlsafe_b64encode(json.dumps({"exp": 1795435200}).encode()).decode().rstrip("=")
    server.access = f"x.{claims}.y"
    _, granted = open_session({"handle": "guild.test", "password": "right", "server": SERVER}, server)
    assert granted.fresh_until == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_picture_that_could_not_be_stored_means_that_nothing_was_sent() -> None:
    server = SmallServer()
    _, granted = open_session({"handle": "guild.test", "password": "right", "server": SERVER}, server)
    http = Faults(server, instead=lambda: Reply(500))
    post = scene("A bench", "p", pictures=(Picture(b"x", "image/png", "", 1, 1),))
    with pytest.raises(NotSent):
        CONNECTOR.publish(post, over=Line(http, granted.credentials))
    assert server.records == {}


def test_record_keys_are_tids_that_follow_time_and_differ_by_key() -> None:
    keys = [record_key(replace(scene("x", "a"), made_at=NOON + timedelta(milliseconds=n))) for n in range(50)]
    assert keys == sorted(keys)
    assert all(len(key) == 13 and key[0] in "234567abcdefghij" for key in keys)
    assert len({record_key(scene("x", f"key {n}")) for n in range(500)}) == 500
    assert record_key(scene("x", "a")) == record_key(replace(scene("y", "a"), at=NOON + timedelta(days=1)))


def test_a_long_silence_is_caught_up_page_by_page() -> None:
    server = SmallServer()
    _, granted = open_session({"handle": "guild.test", "password": "right", "server": SERVER}, server)
    line = Line(server, granted.credentials)
    say(server, range(3))
    cursor = CONNECTOR.listen("", over=line).cursor
    say(server, range(100, 260))
    heard, calls, more = set(), 0, True
    while more:
        page = CONNECTOR.listen(cursor, over=line)
        heard |= {item.text for item in page.items}
        cursor, more, calls = page.cursor, page.more, calls + 1
    assert heard == {"2"} | {str(number) for number in range(100, 260)}
    assert calls == 4
    assert {item.text for item in CONNECTOR.listen(cursor, over=line).items} == {"259"}


def test_the_first_look_goes_back_one_page_only() -> None:
    server = SmallServer()
    _, granted = open_session({"handle": "guild.test", "password": "right", "server": SERVER}, server)
    say(server, range(80))
    page = CONNECTOR.listen("", over=Line(server, granted.credentials))
    assert (page.items[0].text, len(page.items), page.more) == ("79", 50, False)


def say(server: SmallServer, numbers: range) -> None:
    """A stranger mentions us once a minute."""
    for number in numbers:
        at = (NOON + timedelta(minutes=number)).isoformat()
        server.notify("mention", f"at://{STRANGER}/app.bsky.feed.post/{number}", {"text": str(number)}, at)
