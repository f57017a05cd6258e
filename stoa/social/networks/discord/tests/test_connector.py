"""What is Discord's own: one call with pictures, nonces, references, its codes, and the talk that is not for us."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.discord import wire
from stoa.social.networks.discord.connector import CONNECTOR
from stoa.social.networks.discord.tests.rehearsal import BOT, GUILD, ROOM, TOKEN, SmallServer
from stoa.social.networks.protocol import (
    Absent,
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

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp \r\n--not-a-boundary", "image/png", "Eine Lampe, „hell“ – 灯", 8, 8)
POST = Outgoing("Zips can be saved.", "key-1", MADE, MADE)


@pytest.fixture
def server() -> SmallServer:
    return SmallServer()


@pytest.fixture
def line(server: SmallServer) -> Line:
    return Line(server, {"token": TOKEN, "channel": ROOM, "guild": GUILD, "bot": BOT})


def test_pictures_go_in_the_same_call_with_every_byte_and_their_description(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP, replace(LAMP, alt=""))), over=line)
    shown = server.messages[made.id]["attachments"]
    assert [(each["description"], each["size"]) for each in shown] == [
        (LAMP.alt, len(LAMP.content)),
        ("", len(LAMP.content)),
    ]
    assert made.address == f"https://discord.com/channels/{GUILD}/{ROOM}/{made.id}"


def test_nobody_is_pinged_by_what_a_text_holds(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(wire, "write", lambda over, method, path, body: sent.append(body) or {"id": "1"})
    CONNECTOR.publish(replace(POST, text="@everyone come"), over=line)
    assert sent[0]["allowed_mentions"] == {"parse": [], "replied_user": True}


def test_an_edit_changes_the_words(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    changed = CONNECTOR.edit(made.id, replace(POST, text="Zips can be mended."), over=line)
    assert (server.messages[made.id]["content"], changed.version) == (
        "Zips can be mended.",
        "2026-03-01T13:00:00+00:00",
    )


def test_a_message_is_found_again_among_many_and_not_among_older_ones(server: SmallServer, line: Line) -> None:
    with_link = replace(POST, text="See https://stoa.example/l/abcdefgh", marker="abcdefgh")
    made = CONNECTOR.publish(with_link, over=line)
    for number in range(230):
        server.write("301", {"content": f"Talk {number}"}, [])
    assert CONNECTOR.settle(with_link, over=line) == made
    later = replace(with_link, made_at=datetime(2026, 3, 2, tzinfo=UTC))
    assert CONNECTOR.settle(later, over=line) == Absent()


def test_only_what_is_for_us_is_heard(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    server.write("301", {"content": "Talk among others"}, [])
    mention = server.write("301", {"content": "<@300> hello"}, []).json()["id"]
    server.messages[mention]["mentions"] = [{"id": BOT}]
    answer = server.overhear(made.id, "How do I join?")
    heard = CONNECTOR.listen("", over=line).items
    assert {(each.id, each.kind, each.about) for each in heard} == {
        (mention, "mention", ""),
        (answer, "reply", made.id),
    }


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (401, {"message": "401: Unauthorized", "code": 0}, Reconnect),
        (404, {"message": "Unknown Channel", "code": 10003}, Reconnect),
        (404, {"message": "Unknown Message", "code": 10008}, Gone),
        (403, {"message": "Missing Permissions", "code": 50013}, Refused),
        (400, {"message": "Invalid Form Body", "code": 50035}, Refused),
        (429, {"message": "You are being rate limited.", "retry_after": 1.5}, TryLater),
        (403, "<html>blocked</html>", Unknown),
        (500, {}, Unknown),
    ],
)
def test_each_answer_means_one_thing(status: int, body: Any, trouble: type[Trouble]) -> None:
    with pytest.raises(trouble) as caught:
        wire.answer_of(Reply(status, json.dumps(body).encode()))
    assert type(caught.value) is trouble
    assert status != 429 or getattr(caught.value, "after", 0) == 1.5


@pytest.mark.parametrize("channel", ["", "announcements", "500 OR 1"])
def test_what_is_no_channel_is_refused_before_anybody_is_asked(channel: str, server: SmallServer) -> None:
    with pytest.raises(Refused):
        CONNECTOR.connect({"token": TOKEN, "channel": channel}, http=server)


def test_a_message_is_not_called_absent_when_looking_merely_stopped(server: SmallServer, line: Line) -> None:
    for number in range(501):
        server.write("301", {"content": f"Talk {number}"}, [])
    with pytest.raises(TryLater):
        CONNECTOR.settle(POST, over=line)
