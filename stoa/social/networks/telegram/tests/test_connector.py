"""What is Telegram's own: albums and captions, comments in the discussion group, updates told once, its errors, and rights."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.protocol import (
    Gone,
    Line,
    Outgoing,
    Picture,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.telegram import wire
from stoa.social.networks.telegram.connector import CONNECTOR
from stoa.social.networks.telegram.tests.rehearsal import BOT, CHANNEL, GROUP, ROSA, TOKEN, SmallServer

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp \r\n--not-a-boundary", "image/png", "", 8, 8)
POST = Outgoing("Zips can be saved.", "key-1", MADE, MADE)


@pytest.fixture
def server() -> SmallServer:
    return SmallServer()


@pytest.fixture
def line(server: SmallServer) -> Line:
    _account, granted = CONNECTOR.connect({"token": TOKEN, "channel": "@theguild"}, http=server)
    server.asked.clear()
    return Line(server, granted.credentials)


def test_a_text_goes_as_it_is_and_its_link_is_the_one_that_is_shown(server: SmallServer, line: Line) -> None:
    text = "Nine *stars* & <b>no markup</b>: https://stoa.example/l/abcdefgh"
    made = CONNECTOR.publish(replace(POST, text=text, link="https://stoa.example/l/abcdefgh"), over=line)
    assert server.asked == [
        (
            "sendMessage",
            {"chat_id": "-1001000", "text": text, "link_preview_options": {"url": "https://stoa.example/l/abcdefgh"}},
        )
    ]
    assert (made.id, made.address) == ("-1001000/50", "https://t.me/theguild/50")


def test_one_picture_goes_with_its_caption_and_every_byte(server: SmallServer, line: Line) -> None:
    CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    assert server.asked == [
        ("sendPhoto", {"chat_id": "-1001000", "caption": "Zips can be saved.", "photo": LAMP.content})
    ]


def test_several_pictures_are_one_album_with_one_caption_and_one_id(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP, replace(LAMP, content=b"second"))), over=line)
    called, brought = server.asked[0]
    assert (called, json.loads(brought["media"])) == (
        "sendMediaGroup",
        [
            {"type": "photo", "media": "attach://picture-0.png", "caption": "Zips can be saved."},
            {"type": "photo", "media": "attach://picture-1.png"},
        ],
    )
    assert (brought["picture-0.png"], brought["picture-1.png"]) == (LAMP.content, b"second")
    assert (made.id, made.address) == ("-1001000/50+51", "https://t.me/theguild/50")


def test_an_album_is_edited_answered_and_taken_down_as_one(server: SmallServer, line: Line) -> None:
    album = replace(POST, pictures=(LAMP, LAMP))
    made = CONNECTOR.publish(album, over=line)
    changed = CONNECTOR.edit(made.id, replace(album, text="Zips can be mended."), over=line)
    assert (changed.id, server.messages[(CHANNEL["id"], 50)]["caption"]) == (made.id, "Zips can be mended.")
    server.overhear(made.id, "How?")
    heard = CONNECTOR.listen("", over=line).items[0]
    assert (heard.about, heard.root) == ("-1001000/50", "-1001000/50")
    assert CONNECTOR.stands(made.id, over=line)
    CONNECTOR.delete(made.id, over=line)
    assert not CONNECTOR.stands(made.id, over=line)
    assert [chat for chat, _number in server.messages] == [GROUP["id"], GROUP["id"]]


def test_an_edit_changes_the_words_and_one_that_changes_nothing_is_fine(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    changed = CONNECTOR.edit(made.id, replace(POST, text="Zips can be mended."), over=line)
    assert server.messages[(CHANNEL["id"], 50)]["text"] == "Zips can be mended."
    assert changed.version != made.version
    same = CONNECTOR.edit(made.id, replace(POST, text="Zips can be mended."), over=line)
    assert (same.id, same.address) == (made.id, made.address)


def test_an_answer_goes_into_the_group_where_the_comment_stands(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    comment = server.overhear(made.id, "How?")
    answer = CONNECTOR.reply(replace(POST, text="Like this.", answers=comment), over=line)
    assert server.asked[-1] == (
        "sendMessage",
        {"chat_id": "-1002000", "reply_parameters": {"message_id": 52}, "text": "Like this."},
    )
    assert (answer.id, answer.address) == ("-1002000/53", "https://t.me/c/2000/53")
    again = server.speak({"from": ROSA, "text": "Thanks", "reply_to_message": server.messages[(GROUP["id"], 53)]})
    heard = {each.id: each for each in CONNECTOR.listen("", over=line).items}
    assert (heard[again].in_reply_to, heard[again].author.handle, heard[again].author.name) == (
        answer.id,
        "rosa",
        "Rosa Lind",
    )


def test_only_what_is_for_us_is_heard(server: SmallServer, line: Line) -> None:
    own = server.keep(GROUP, {"from": ROSA, "text": "Among ourselves"})
    for body in (
        {"from": ROSA, "text": "Talk among others"},
        {"from": ROSA, "text": "An answer to Rosa", "reply_to_message": own},
        {"sender_chat": CHANNEL, "text": "The channel itself @guild_bot"},
        {"from": {"id": 5, "first_name": "x"}, "text": "@guild_bot", "entities": [{"type": "mention", "offset": 99}]},
    ):
        server.speak(body)
    elsewhere = {"id": -1009, "type": "group"}
    server.speak({"from": ROSA, "text": "@guild_bot"}, elsewhere)
    text = "\U0001f469\U0001f3ff\u200d\U0001f692 asks @Guild_Bot"
    named = server.speak(
        {"from": ROSA, "text": text, "entities": [{"type": "mention", "offset": 13, "length": 10}], "language_code": 3}
    )
    heard = CONNECTOR.listen("", over=line).items
    assert [(each.id, each.kind, each.text) for each in heard] == [(named, "mention", text)]


def test_what_was_told_is_confirmed_by_the_next_call_alone(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    for number in range(120):
        server.overhear(made.id, f"Comment {number}")
    first = CONNECTOR.listen("", over=line)
    lost = CONNECTOR.listen("", over=line)
    assert (len(first.items), first.more, lost.items) == (100, True, first.items)
    second = CONNECTOR.listen(first.cursor, over=line)
    assert ([each.text for each in second.items], second.more) == (
        [f"Comment {number}" for number in range(100, 120)],
        False,
    )
    last = CONNECTOR.listen(second.cursor, over=line)
    assert (last.items, last.cursor, server.updates) == ((), "", [])


def test_numbers_that_begin_anew_after_a_week_lose_nothing(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    server.overhear(made.id, "Before")
    cursor = CONNECTOR.listen("", over=line).cursor
    cursor = CONNECTOR.listen(cursor, over=line).cursor
    server.updated = iter([17])
    server.overhear(made.id, "After")
    assert [each.text for each in CONNECTOR.listen(cursor, over=line).items] == ["After"]


@pytest.mark.parametrize(
    "update",
    [None, 7, {}, {"update_id": "x"}, {"update_id": 9500, "message": "no"}, {"update_id": 9501, "message": {"chat": []}},
     {"update_id": 9502, "message": {"chat": {"id": -1002000}, "message_id": 1, "from": "me", "text": []}},
     {"update_id": 9503, "message": {"chat": {"id": -1002000}, "message_id": 1, "from": {"id": 9, "username": 7},
      "text": "@x", "entities": "no", "date": 10**30}}],
)  # fmt: skip
def test_what_is_not_as_documented_stops_nothing(server: SmallServer, line: Line, update: Any) -> None:
    made = CONNECTOR.publish(POST, over=line)
    server.overhear(made.id, "Heard all the same")
    sound = server.updates[0]
    page = Reply(200, json.dumps({"ok": True, "result": [update, sound]}).encode())
    server.on_getUpdates = lambda brought: page  # type: ignore[method-assign]
    assert [each.text for each in CONNECTOR.listen("", over=line).items] == ["Heard all the same"]


@pytest.mark.parametrize(
    ("status", "description", "trouble"),
    [
        (401, "Unauthorized", Reconnect),
        (404, "Not Found", Reconnect),
        (403, "Forbidden: bot was kicked from the channel chat", Reconnect),
        (403, "Forbidden: bot is not a member of the channel chat", Reconnect),
        (400, "Bad Request: chat not found", Reconnect),
        (400, "Bad Request: need administrator rights in the channel chat", Refused),
        (400, "Bad Request: message can't be deleted for everyone", Refused),
        (400, "Bad Request: message to be replied not found", Gone),
        (400, "Bad Request: MESSAGE_ID_INVALID", Gone),
        (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", Refused),
        (409, "Conflict: terminated by other getUpdates request", Refused),
        (500, "Internal Server Error", Unknown),
        (502, "", Unknown),
    ],
)
def test_each_answer_means_one_thing(status: int, description: str, trouble: type[Trouble]) -> None:
    body = {"ok": False, "error_code": status, "description": description}
    with pytest.raises(trouble) as caught:
        wire.answer_of(Reply(status, json.dumps(body).encode()))
    assert type(caught.value) is trouble


def test_patience_is_taken_from_the_parameters() -> None:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 35}}
    with pytest.raises(TryLater) as caught:
        wire.answer_of(Reply(429, json.dumps(body).encode(), {"Retry-After": "7"}))
    assert caught.value.after == 35


def test_a_group_that_became_a_supergroup_says_its_new_id() -> None:
    body = {"ok": False, "error_code": 400, "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": -1009}}  # fmt: skip
    with pytest.raises(Reconnect) as caught:
        wire.answer_of(Reply(400, json.dumps(body).encode()))
    assert "-1009" in caught.value.reason


@pytest.mark.parametrize(
    ("answers", "mend"),
    [
        ({"token": "123456:../../getMe?x=" + "a" * 20}, "whole"),
        ({"token": ""}, "whole"),
        ({"token": TOKEN[:-1] + "Z"}, "again"),
        ({"channel": "guild"}, "@guild"),
        ({"channel": "-100 OR 1"}, "@guild"),
        ({"channel": "@somebodyelse"}, "administrator"),
    ],
)
def test_wrong_answers_are_refused_with_what_to_do(server: SmallServer, answers: dict[str, str], mend: str) -> None:
    with pytest.raises(Refused) as caught:
        CONNECTOR.connect({"token": TOKEN, "channel": "@theguild", **answers}, http=server)
    assert mend in caught.value.mend


def test_a_bot_that_may_not_post_or_whose_talk_goes_elsewhere_is_refused(server: SmallServer) -> None:
    answers = {"token": TOKEN, "channel": "@theguild"}
    for member in ({"status": "administrator", "can_post_messages": False}, {"status": "member"}, {"status": "left"}):
        server.member = member
        with pytest.raises(Refused, match="may not post"):
            CONNECTOR.connect(answers, http=server)
    server.member, server.webhook = {"status": "creator"}, "https://other.example/hook"
    with pytest.raises(Refused, match="Another program"):
        CONNECTOR.connect(answers, http=server)


def test_addresses_are_recognised() -> None:
    seen = CONNECTOR.recognise("https://t.me/theguild/55")
    assert seen
    assert (seen.id, seen.handle) == ("55", "theguild")
    hidden = CONNECTOR.recognise("https://t.me/c/1234567890/55")
    assert hidden
    assert (hidden.id, hidden.handle) == ("55", "")
    assert CONNECTOR.recognise("https://t.me/theguild") is None


def test_the_bot_is_not_taken_for_a_stranger(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    server.overhear(made.id, "The bot’s own words", speaker=BOT)
    assert CONNECTOR.listen("", over=line).items == ()
