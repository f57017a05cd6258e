"""What is heard in a room: answers and mentions, page by page; not the room's other talk, and nothing malformed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.matrix import listening, wire
from stoa.social.networks.matrix.connector import CONNECTOR
from stoa.social.networks.matrix.tests.rehearsal import (
    BOT,
    ROSA,
    SmallServer,
)
from stoa.social.networks.protocol import (
    Line,
    Outgoing,
    Picture,
    Reconnect,
)
from stoa.social.networks.rehearsing import Reply

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp \r\n", "image/png", "Eine Lampe, „hell“ – 灯", 8, 6)
POST = Outgoing("Zips can be saved.", "key-1", MADE, MADE)


def test_a_long_silence_is_caught_up_page_by_page_without_gap(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    cursor = CONNECTOR.listen("", over=line).cursor
    theirs = {server.overhear(made.id, f"answer {number}") for number in range(330)}
    heard: list[str] = []
    more, calls = True, 0
    while more:
        page = CONNECTOR.listen(cursor, over=line)
        heard += [each.id for each in page.items]
        cursor, more, calls = page.cursor, page.more, calls + 1
    assert set(heard) == theirs
    assert calls < 10
    assert CONNECTOR.listen(cursor, over=line).items == ()


def test_only_what_is_for_us_is_heard(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    talk = server.send(ROSA, {"msgtype": "m.text", "body": "Talk among others"}).json()["event_id"]
    among = {"msgtype": "m.text", "body": "So?", "m.relates_to": {"m.in_reply_to": {"event_id": talk}}}
    server.send(ROSA, among)
    called = server.send(ROSA, {"msgtype": "m.text", "body": "Porch?", "m.mentions": {"user_ids": [BOT]}})
    old = {
        "msgtype": "m.text",
        "body": "> <@porch> Zips\n> can\n\nHow?",
        "m.relates_to": {"m.in_reply_to": {"event_id": made.id}},
    }
    quoted = server.send(ROSA, old).json()["event_id"]
    edit = {"msgtype": "m.text", "body": "* x", "m.relates_to": {"rel_type": "m.replace", "event_id": quoted}}
    server.send(ROSA, {**edit, "m.mentions": {"user_ids": [BOT]}})
    server.send(ROSA, {"msgtype": "m.notice", "body": "I am a bot", "m.mentions": {"user_ids": [BOT]}})
    heard = CONNECTOR.listen("", over=line).items
    assert [(each.id, each.kind, each.text) for each in heard] == [
        (called.json()["event_id"], "mention", "Porch?"),
        (quoted, "reply", "How?"),
    ]


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event_id": "$x", "sender": 7, "content": []},
        {"event_id": "$x", "sender": ROSA, "content": {"msgtype": ["m.text"], "m.mentions": {"user_ids": [BOT]}}},
        {"event_id": "$x", "sender": ROSA, "content": {"msgtype": "m.text", "m.mentions": {"user_ids": BOT}}},
        {"event_id": "$x", "sender": ROSA, "content": {"msgtype": "m.text", "m.relates_to": "x"}},
    ],
)
def test_what_is_not_formed_as_it_should_be_is_not_heard(event: dict[str, Any], line: Line) -> None:
    assert listening.heard_in([event], {}, line) == ()


@pytest.mark.parametrize("said", [10**30, -(10**30), "soon", None, [], float("nan"), float("inf")])
def test_hostile_instants_break_nothing(said: Any) -> None:
    assert wire.instant_of(said) == datetime.fromtimestamp(0, UTC)


def test_being_thrown_out_is_heard(server: SmallServer, line: Line) -> None:
    cursor = CONNECTOR.listen("", over=line).cursor
    server.members[BOT] = "leave"
    with pytest.raises(Reconnect):
        CONNECTOR.listen(cursor, over=line)


@pytest.mark.parametrize("named", ["$" + "x" * 9000, "$\ud800", "$a b", "no id", 7, {"a": 1}, "$kept-from-us"])
def test_what_somebody_says_to_answer_breaks_nothing(server: SmallServer, line: Line, named: Any) -> None:
    if named == "$kept-from-us":
        whole = server.in_room
        refused = Reply(400, b'{"errcode": "M_INVALID_PARAM", "error": "no"}')
        server.in_room = lambda method, path, *rest: (  # type: ignore[method-assign]
            refused if path[0] == "event" else whole(method, path, *rest)
        )
    relation = {"rel_type": "m.thread", "event_id": named, "m.in_reply_to": {"event_id": named}}
    words = {"msgtype": "m.text", "body": "Hm", "m.mentions": {"user_ids": [BOT]}}
    server.send(ROSA, words)
    server.events[-1]["content"] |= {"m.relates_to": relation}
    heard = CONNECTOR.listen("", over=line).items
    assert [each.kind for each in heard] == ["mention"]
    assert heard[0].about == ""
