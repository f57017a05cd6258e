"""The connector meets what a real Synapse answered (see `recording`)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.matrix.connector import CONNECTOR
from stoa.social.networks.matrix.contents import MARK
from stoa.social.networks.matrix.tests.recording import PLAIN, SHOWN, recorded, scene
from stoa.social.networks.matrix.tests.rehearsal import (
    ANSWERS,
    PASSWORD,
)
from stoa.social.networks.protocol import (
    Absent,
    Gone,
    Outgoing,
    Picture,
    Reconnect,
    Refused,
    Trouble,
)

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp \r\n", "image/png", "Eine Lampe, „hell“ – 灯", 8, 6)
POST = Outgoing("Zips can be saved.", "key-1", MADE, MADE)


def test_a_password_is_used_once_and_not_kept() -> None:
    replay, _ = recorded("connect")
    answers = {**ANSWERS, "account": "@porch:localhost", "room": " https://matrix.to/#/%23announcements%3Alocalhost "}
    account, granted = CONNECTOR.connect(answers, http=replay)
    assert (account.handle, account.name) == ("announcements:localhost", "Announcements")
    assert account.id == granted.credentials["room"]
    assert account.address == "https://matrix.to/#/#announcements:localhost"
    assert PASSWORD not in granted.credentials.values()
    assert {"token", "refresh"} <= set(granted.credentials)
    assert granted.fresh_until is not None
    assert replay.exchanges == []


@pytest.mark.parametrize("name", ["plain", "again"])
def test_the_same_key_is_one_message_in_the_same_transaction(name: str) -> None:
    replay, line = recorded(name)
    first, _ = recorded("plain")
    made = CONNECTOR.publish(PLAIN, over=line)
    assert made.id == json.loads(first.exchanges[-1]["body"])["event_id"]
    assert replay.exchanges == []


def test_a_picture_goes_before_the_words_with_its_description_as_its_caption() -> None:
    replay, line = recorded("picture")
    picture, words = (each["asked"]["json"] for each in replay.exchanges[-2:])
    made = CONNECTOR.publish(SHOWN, over=line)
    assert (picture["body"], picture["filename"]) == (SHOWN.pictures[0].alt, "picture-1.png")
    assert (words["body"], len(words[MARK]["pictures"])) == ("A bench", 1)
    assert made.id not in words[MARK]["pictures"]


def test_what_was_published_is_found_again_and_what_was_not_is_absent() -> None:
    first, _ = recorded("plain")
    _, line = recorded("settled")
    found = CONNECTOR.settle(replace(PLAIN, made_at=MADE), over=line)
    assert not isinstance(found, Absent)
    assert found.id == json.loads(first.exchanges[-1]["body"])["event_id"]
    replay, line = recorded("absent")
    assert CONNECTOR.settle(replace(PLAIN, key="never", made_at=MADE), over=line) == Absent()
    assert replay.exchanges == []


def test_a_reply_is_heard_and_reactions_are_counted() -> None:
    _, line = recorded("listen")
    (heard,) = CONNECTOR.listen("", over=line).items
    assert (heard.kind, heard.text, heard.author.handle, heard.author.name) == (
        "reply",
        "How?",
        "rosa:localhost",
        "rosa",
    )
    assert heard.about == heard.in_reply_to == heard.root != ""
    _, line = recorded("measure")
    told = CONNECTOR.measure([heard.about], over=line)
    assert {each.measure: each.value for each in told.readings if each.measure != "reach"} == {"likes": 1, "replies": 0}


def test_an_edit_and_the_words_that_it_replaced_are_redacted_together() -> None:
    replay, line = recorded("delete")
    asked = [each["asked"]["path"] for each in replay.exchanges if each["asked"]["method"] == "PUT"]
    id = replay.exchanges[0]["asked"]["path"].rpartition("/")[2].replace("%24", "$")
    assert CONNECTOR.delete(id, over=line).id == id
    assert len(asked) == 2
    assert replay.exchanges == []


@pytest.mark.parametrize(
    ("name", "trouble", "said"),
    [
        ("wrong secret", Refused, "neither the access token nor the password"),
        ("answer to gone", Gone, "not there any more"),
        ("no right", Refused, "send_level (50)"),
        ("kicked", Reconnect, "Spring cleaning"),
        ("banned", Reconnect, "was banned"),
        ("wrong token", Reconnect, "no longer accepts"),
        ("refreshed twice", Reconnect, "session of this account is over"),
    ],
)
def test_each_no_says_what_it_means(name: str, trouble: type[Trouble], said: str) -> None:
    replay, line = recorded(name, refresh="no") if name.startswith("refreshed") else recorded(name)
    at_home = {**ANSWERS, "account": "@porch:localhost", "room": "#announcements:localhost"}
    acts = {
        "wrong secret": lambda: CONNECTOR.connect(at_home, http=replay),
        "answer to gone": lambda: CONNECTOR.reply(scene("Late", "late", answers=gone_id(replay.exchanges)), over=line),
        "no right": lambda: CONNECTOR.publish(scene("No right", "no right"), over=line),
        "kicked": lambda: CONNECTOR.publish(scene("Kicked", "kicked"), over=line),
        "banned": lambda: CONNECTOR.publish(scene("Banned", "banned"), over=line),
        "wrong token": lambda: CONNECTOR.publish(PLAIN, over=line),
        "refreshed twice": lambda: CONNECTOR.refresh(over=line),
    }
    with pytest.raises(trouble, match=said.replace("(", r"\(").replace(")", r"\)")) as caught:
        acts[name]()
    assert isinstance(caught.value, Reconnect) == (trouble is Reconnect)
    assert replay.exchanges == []


def gone_id(exchanges: list[dict[str, Any]]) -> str:
    return str(exchanges[-1]["asked"]["path"].rpartition("/")[2].replace("%24", "$"))
