"""What of an archive does not come along, or comes as a number only: each kind is counted in the report."""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from stoa.front.moving_in import discourse, zulip
from stoa.front.moving_in.van import Van
from stoa.front.tests.archives import Size, put_json, zulip_realm

POLL = """Which tea?

[poll type=regular name=tea results=always]
* Green
* Black & bitter
[/poll]

Say until Friday."""
TABLES: dict[str, list[dict[str, Any]]] = {
    "users": [{"id": 1, "username": "ada", "active": True}],
    "categories": [{"id": 5, "name": "Tea", "read_restricted": False}],
    "topics": [{"id": 7, "title": "Kettles", "category_id": 5, "archetype": "regular"}],
    "posts": [{"id": 9, "topic_id": 7, "post_number": 1, "user_id": 1, "raw": POLL, "post_type": 1}],
    "polls": [{"id": 3, "post_id": 9, "name": "tea", "type": 0, "status": 0, "results": 0}],
    "poll_options": [
        {"id": 31, "poll_id": 3, "html": "Green", "anonymous_votes": None},
        {"id": 32, "poll_id": 3, "html": "<b>Black</b> &amp; bitter", "anonymous_votes": 2},
    ],
    "poll_votes": [{"poll_id": 3, "poll_option_id": 31, "user_id": user} for user in (1, 2, 3)],
    "bookmarks": [{"id": 1}, {"id": 2}],
    "post_revisions": [{"id": 1}],
    "drafts": [{"id": 1}],
    "user_badges": [{"id": 1}, {"id": 2}, {"id": 3}],
    "topic_users": [{"notification_level": level} for level in (0, 1, 1, 2, 3)],
}


@pytest.fixture
def van(tmp_path: Path) -> Van:
    return Van(tmp_path / "van")


def read(folder: Path, van: Van, **changed: list[dict[str, Any]]) -> dict[str, int]:
    """What was noted of these tables as JSON lines: how much of each."""
    for name, rows in {**TABLES, **changed}.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    discourse.load(folder, van)
    return {each.what: each.count for each in van.noted()}


def test_votes_that_everybody_saw_come_as_totals_without_who_voted(tmp_path: Path, van: Van) -> None:
    noted = read(tmp_path, van)
    assert van.messages()[0].text == (
        "Which tea?\n\n\n* Green\n* Black & bitter\n\n\n→ Green: 3 · Black & bitter: 2\n\nSay until Friday."
    )
    assert (noted["polls"], noted["poll_totals"]) == (1, 5)
    assert "poll_votes" not in noted


@pytest.mark.parametrize(
    "poll",
    [
        {"type": 0, "status": 0, "results": 3},  # staff alone
        {"type": 0, "status": 0, "results": 2},  # when it is closed, and it is not
        {"type": 3, "status": 1, "results": 0},  # ranked
    ],
)
def test_votes_that_not_everybody_saw_stay_behind_and_are_counted(
    tmp_path: Path, van: Van, poll: dict[str, int]
) -> None:
    noted = read(tmp_path, van, polls=[{"id": 3, "post_id": 9, "name": "tea", **poll}])
    assert "→" not in van.messages()[0].text
    assert noted["poll_votes"] == 5
    assert "poll_totals" not in noted


def test_results_of_a_closed_poll_come(tmp_path: Path, van: Van) -> None:
    poll = {"id": 3, "post_id": 9, "name": "tea", "type": 1, "status": 1, "results": 2}
    assert read(tmp_path, van, polls=[poll])["poll_totals"] == 5


def test_totals_of_a_private_message_do_not_come(tmp_path: Path, van: Van) -> None:
    read(tmp_path, van, topics=[{"id": 7, "title": "Kettles", "archetype": "private_message"}])
    assert van.messages() == []


def test_what_each_had_for_themselves_stays_behind_and_is_counted(tmp_path: Path, van: Van) -> None:
    noted = read(tmp_path, van)
    left = ("bookmarks", "versions", "drafts", "badges", "follows")
    assert {name: noted[name] for name in left} == {
        "bookmarks": 2, "versions": 1, "drafts": 1, "badges": 3, "follows": 3,
    }  # fmt: skip


def test_stars_follows_and_former_texts_of_zulip_are_counted(tmp_path: Path, van: Van) -> None:
    realm = zulip_realm(Size(messages=60))
    realm["zerver_usertopic"] = [{"id": n, "visibility_policy": n} for n in range(3)]
    history = json.dumps([{"prev_content": "Tee", "timestamp": 1}, {"prev_topic": "tea"}])
    rows = [
        {"id": 1, "sender": 10, "recipient": 100, "subject": "Tea", "content": "Tea", "date_sent": 1.6e9, "edit_history": history},
        {"id": 2, "sender": 10, "recipient": 100, "subject": "Tea", "content": "Yes", "date_sent": 1.6e9, "edit_history": "{["},
    ]  # fmt: skip
    flags = [{"id": n, "message": 1, "user_profile": 10 + n, "flags_mask": n} for n in range(4)]
    made = tmp_path / "zulip-export.tar.gz"
    with tarfile.open(made, "w:gz") as packed:
        put_json(packed, "export/realm.json", realm)
        put_json(packed, "export/messages-000001.json", {"zerver_message": rows, "zerver_usermessage": flags})
    zulip.load(made, van)
    noted = {each.what: each.count for each in van.noted()}
    assert (noted["follows"], noted["bookmarks"], noted["versions"]) == (2, 2, 1)
