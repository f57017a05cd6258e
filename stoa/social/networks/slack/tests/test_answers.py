"""Slack's answers by what they mean, what is asked of whoever connects, and its own form of words."""

import json
from typing import Any

import pytest

from stoa.social.networks.protocol import Gone, Reconnect, Refused, Trouble, TryLater, Unknown
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.slack import wire, words
from stoa.social.networks.slack.connector import CONNECTOR
from stoa.social.networks.slack.tests.rehearsal import ROOM, TOKEN, SmallServer


@pytest.fixture
def server() -> SmallServer:
    return SmallServer()


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (200, {"ok": False, "error": "token_revoked"}, Reconnect),
        (200, {"ok": False, "error": "account_inactive"}, Reconnect),
        (200, {"ok": False, "error": "invalid_auth"}, Reconnect),
        (401, {"ok": False, "error": "not_authed"}, Reconnect),
        (200, {"ok": False, "error": "is_archived"}, Refused),
        (200, {"ok": False, "error": "not_in_channel"}, Refused),
        (200, {"ok": False, "error": "restricted_action_read_only_channel"}, Refused),
        (200, {"ok": False, "error": "missing_scope", "needed": "chat:write"}, Refused),
        (200, {"ok": False, "error": "message_not_found"}, Gone),
        (200, {"ok": False, "error": "ratelimited"}, TryLater),
        (429, "", TryLater),
        (200, {"ok": False, "error": "fatal_error"}, Unknown),
        (200, {"ok": False, "error": "internal_error"}, Unknown),
        (200, {"ok": False}, Unknown),
        (200, {"ok": "true"}, Unknown),
        (200, {"ok": False, "error": "<script>"}, Unknown),
        (403, "<html>blocked</html>", Unknown),
        (503, {"ok": False, "error": "message_not_found"}, Unknown),
    ],
)
def test_each_answer_means_one_thing(status: int, body: Any, trouble: type[Trouble]) -> None:
    with pytest.raises(trouble) as caught:
        wire.answer_of(Reply(status, json.dumps(body).encode(), {"Retry-After": "30"}))
    assert type(caught.value) is trouble
    assert trouble is not TryLater or getattr(caught.value, "after", 0) == 30


def test_an_archived_channel_and_a_missing_scope_say_what_to_do() -> None:
    for body, said, mend in (
        ({"ok": False, "error": "is_archived"}, "the channel is archived", "archive"),
        ({"ok": False, "error": "missing_scope", "needed": "files:write"}, "files:write", "scopes"),
    ):
        with pytest.raises(Refused) as caught:
            wire.answer_of(Reply(200, json.dumps(body).encode()))
        assert said in caught.value.reason
        assert mend in caught.value.mend


@pytest.mark.parametrize(
    ("answers", "room", "bot", "said"),
    [
        ({"channel": "#announcements"}, {}, {}, "no channel|not a channel"),
        ({"token": ""}, {}, {}, "not a token"),
        ({"token": "xoxb-other"}, {}, {}, "accept this token"),
        ({}, {"is_archived": True}, {}, "archived"),
        ({}, {"is_member": False}, {}, "not in this channel"),
        ({}, {}, {"bot_id": ""}, "a person’s"),
        ({"channel": "C999999999"}, {}, {}, "does not see"),
        ({}, {"name": None, "id": None, "is_member": None}, {}, "not in this channel"),
    ],
)
def test_wrong_answers_are_refused(server: SmallServer, answers: Any, room: Any, bot: Any, said: str) -> None:
    server.room |= room
    server.bot |= bot
    asked = {"token": TOKEN, "channel": ROOM, **answers}
    if "id" in room:
        server.room["id"] = ROOM
    with pytest.raises(Refused, match=said) as caught:
        CONNECTOR.connect(asked, http=server)
    assert caught.value.mend


def test_addresses_are_recognised() -> None:
    seen = CONNECTOR.recognise(f"https://guild.slack.com/archives/{ROOM}/p1772366401000001?thread_ts=1&cid={ROOM}")
    assert seen is not None
    assert seen.id == "1772366401.000001"
    assert CONNECTOR.recognise(f"https://guild.slack.com/archives/{ROOM}") is None


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("<#C1|general> <!here> <!subteam^S1|@team>", "#general @here @team"),
        ("<https://a.example|https://a.example>", "https://a.example"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("&amp;lt; <", "&lt; <"),
    ],
)
def test_slacks_own_form_is_read_as_plain_words(marked: str, read: str) -> None:
    assert words.plain(marked) == read


def test_what_is_escaped_reads_the_same_again() -> None:
    for text in ("a < b & c > d", "<!channel>", "&amp;"):
        assert words.plain(words.escaped(text)) == text
