"""What is Matrix's own, against a small server that keeps state: pictures, threads, edits, rooms that are closed to us, its errors."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stoa.social.networks.matrix import joining, wire
from stoa.social.networks.matrix.connector import CONNECTOR
from stoa.social.networks.matrix.tests.rehearsal import (
    ALIAS,
    ANSWERS,
    BOT,
    ROOM,
    ROSA,
    TOKEN,
    SmallServer,
)
from stoa.social.networks.protocol import (
    Expired,
    Gone,
    Line,
    NotSent,
    Outgoing,
    Picture,
    Published,
    Reconnect,
    Refused,
    Seen,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Faults, Reply

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp \r\n", "image/png", "Eine Lampe, „hell“ – 灯", 8, 6)
POST = Outgoing("Zips can be saved.", "key-1", MADE, MADE)


def test_a_second_try_after_half_of_it_sends_no_picture_twice(server: SmallServer, line: Line) -> None:
    faults = Faults(server)
    post = replace(POST, pictures=(LAMP, replace(LAMP, alt="")))
    faults.after = lambda: Reply(500)
    with pytest.raises(NotSent):
        CONNECTOR.publish(post, over=Line(faults, line.credentials))
    made = CONNECTOR.publish(post, over=line)
    assert CONNECTOR.publish(post, over=line).id == made.id
    assert [each["content"]["body"] for each in server.events] == [LAMP.alt, "picture-2.png", "Zips can be saved."]
    assert [stored for stored, _ in server.stored.values()] == [LAMP.content] * len(server.stored)


def test_what_is_half_out_when_the_server_refuses_is_taken_back(server: SmallServer, line: Line) -> None:
    refused = Faults(server)
    send = server.send

    def too_large(sender: str, content: dict[str, Any], **more: Any) -> Reply:
        if content["msgtype"] == "m.text":
            return Reply(413, b'{"errcode": "M_TOO_LARGE", "error": "event too large"}')
        return send(sender, content, **more)

    server.send = too_large  # type: ignore[method-assign]
    with pytest.raises(Refused):
        CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=Line(refused, line.credentials))
    assert [each["content"] for each in server.events] == [{}]


def test_a_thread_of_our_own_and_an_answer_to_a_stranger_stand_where_they_belong(
    server: SmallServer, line: Line
) -> None:
    first = CONNECTOR.publish(POST, over=line).id
    second = CONNECTOR.reply(replace(POST, key="2", answers=first), over=line).id
    third = CONNECTOR.reply(replace(POST, key="3", answers=second), over=line).id
    relations = [found["content"]["m.relates_to"] for id in (second, third) if (found := server.find(id))]
    assert [(each["rel_type"], each["event_id"], each["is_falling_back"]) for each in relations] == [
        ("m.thread", first, True),
        ("m.thread", first, True),
    ]
    theirs = server.send(ROSA, {"msgtype": "m.text", "body": "Hi"}).json()["event_id"]
    answer = server.find(CONNECTOR.reply(replace(POST, key="4", answers=theirs), over=line).id)
    assert answer is not None
    assert answer["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": theirs}}
    assert answer["content"]["m.mentions"] == {"user_ids": [ROSA]}


def test_deleting_takes_the_pictures_too(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP, LAMP)), over=line)
    down = CONNECTOR.delete(made.id, over=line)
    assert [each["content"] for each in server.events] == [{}] * 3
    assert "files stay on the server" in down.answer


def test_only_of_pictures_it_is_said_that_files_stay(server: SmallServer, line: Line) -> None:
    words = CONNECTOR.publish(replace(POST, key="5"), over=line)
    picture = CONNECTOR.publish(replace(POST, text="", key="6", pictures=(LAMP,)), over=line)
    said = [CONNECTOR.delete(each.id, over=line).answer for each in (words, picture)]
    assert ["files stay" in each for each in said] == [False, True]


def test_words_are_replaced_and_a_post_of_pictures_alone_has_none(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    changed = CONNECTOR.edit(made.id, replace(POST, text="Zips can be mended."), over=line)
    content = server.events[-1]["content"]
    assert (content["body"], content["m.new_content"]["body"]) == ("* Zips can be mended.", "Zips can be mended.")
    assert (changed.id, changed.version) == (made.id, server.events[-1]["event_id"])
    shown = CONNECTOR.publish(Outgoing("", "key-2", MADE, MADE, pictures=(LAMP,)), over=line)
    with pytest.raises(Refused):
        CONNECTOR.edit(shown.id, POST, over=line)


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}, "encrypted"),
        ("m.room.tombstone", {"replacement_room": "!newer"}, "newer"),
    ],
)
def test_a_room_that_is_closed_to_us_takes_nothing(
    kind: str, content: dict[str, Any], said: str, server: SmallServer, line: Line
) -> None:
    server.state[kind] = content
    with pytest.raises(Refused, match=said) as caught:
        CONNECTOR.publish(POST, over=line)
    assert caught.value.mend
    with pytest.raises(Refused, match=said):
        CONNECTOR.connect(ANSWERS, http=server)
    assert server.events == []


def test_a_space_is_no_room(server: SmallServer) -> None:
    server.state["m.room.create"] = {"type": "m.space"}
    with pytest.raises(Refused, match="space"):
        CONNECTOR.connect(ANSWERS, http=server)


def test_a_copied_token_connects_and_must_be_of_that_account(server: SmallServer) -> None:
    _, granted = CONNECTOR.connect({**ANSWERS, "secret": TOKEN, "account": "porch"}, http=server)
    assert (granted.credentials["token"], granted.fresh_until, "refresh" in granted.credentials) == (TOKEN, None, False)
    with pytest.raises(Refused, match="porch"):
        CONNECTOR.connect({**ANSWERS, "secret": TOKEN, "account": "@rosa:matrix.test"}, http=server)


def test_only_a_session_with_a_refresh_token_is_merely_expired(line: Line, server: SmallServer) -> None:
    server.tokens.clear()
    with pytest.raises(Reconnect) as caught:
        CONNECTOR.publish(POST, over=line)
    assert not isinstance(caught.value, Expired)
    with pytest.raises(Expired):
        CONNECTOR.publish(POST, over=Line(server, {**line.credentials, "refresh": server.refresh}))


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (401, {"errcode": "M_UNKNOWN_TOKEN", "soft_logout": True}, Reconnect),
        (401, {"errcode": "M_USER_LOCKED", "error": "This account has been locked"}, Reconnect),
        (403, {"errcode": "M_FORBIDDEN", "error": "no"}, wire.Denied),
        (404, {"errcode": "M_NOT_FOUND", "error": "Event not found."}, Gone),
        (413, {"errcode": "M_TOO_LARGE", "error": "event too large"}, Refused),
        (400, {"errcode": "M_UNKNOWN", "error": "'body' not in content"}, Refused),
        (403, {"errcode": "M_RESOURCE_LIMIT_EXCEEDED", "error": "full"}, TryLater),
        (429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}, TryLater),
        (404, {}, Unknown),
        (502, {}, Unknown),
    ],
)
def test_each_answer_means_one_thing(status: int, body: dict[str, Any], trouble: type[Trouble], line: Line) -> None:
    with pytest.raises(trouble) as caught:
        wire.answer_of(Reply(status, json.dumps(body).encode()), line)
    assert type(caught.value) is trouble
    assert status != 429 or getattr(caught.value, "after", 0) == 1.5


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://matrix.to/#/!room:matrix.test/$event?via=matrix.test", Seen("$event")),
        ("https://matrix.to/#/%23room%3Amatrix.test/%24event", Seen("$event")),
        ("https://app.element.io/#/room/!room/$event", Seen("$event")),
        ("https://matrix.to/#/!room:matrix.test", None),
        ("https://evil.test/#/!room:matrix.test/$event", None),
    ],
)
def test_an_address_tells_the_message(address: str, seen: Seen | None) -> None:
    assert CONNECTOR.recognise(address) == seen


@pytest.mark.parametrize("room", ["", "porch", "#porch", "@porch:matrix.test", "!" + "x" * 300])
def test_what_is_no_room_is_refused_before_anybody_is_asked(room: str) -> None:
    with pytest.raises(Refused):
        joining.room_of(room)


def test_a_server_says_where_it_answers_and_cannot_take_encryption_away(server: SmallServer) -> None:
    class Elsewhere:
        def __init__(self, named: str) -> None:
            self.named = named

        def request(self, *_: Any, **__: Any) -> Reply:
            return Reply(200, json.dumps({"m.homeserver": {"base_url": self.named}}).encode())

    assert (
        joining.home_of("https://matrix.test", Elsewhere("https://client.matrix.test/")) == "https://client.matrix.test"
    )
    assert joining.home_of("https://matrix.test", Elsewhere("http://client.matrix.test")) == "https://matrix.test"
    assert joining.home_of("https://matrix.test", server) == "https://matrix.test"


def test_the_room_is_known_by_its_address_or_its_id(server: SmallServer) -> None:
    for room in (ALIAS, ROOM):
        account, _ = CONNECTOR.connect({**ANSWERS, "room": room}, http=server)
        assert account.id == ROOM


def test_a_message_is_not_called_absent_when_looking_merely_stopped(server: SmallServer, line: Line) -> None:
    for number in range(501):
        server.send(BOT, {"msgtype": "m.text", "body": f"Talk {number}"})
    with pytest.raises(TryLater):
        CONNECTOR.settle(POST, over=line)


def test_the_same_words_once_more_are_a_new_edit_and_an_edit_is_told_from_the_one_before(
    server: SmallServer, line: Line
) -> None:
    made = CONNECTOR.publish(POST, over=line)
    edits = [
        CONNECTOR.edit(made.id, replace(POST, text=text, at=MADE + timedelta(minutes=number)), over=line)
        for number, text in enumerate(("B", "C", "B"))
    ]
    assert len({each.version for each in edits}) == 3
    found = CONNECTOR.settle(POST, over=line)
    assert isinstance(found, Published)
    assert (found.id, found.version) == (made.id, edits[-1].version)


@pytest.mark.parametrize("said", ["inf", "nan", "-inf", "1e999"])
def test_a_wait_that_never_ends_is_not_believed(said: str) -> None:
    assert wire.patience(Reply(429, b"", {"retry-after": said}), {}) == 60
    assert wire.patience(Reply(429), {"retry_after_ms": float(said)}) == 60
