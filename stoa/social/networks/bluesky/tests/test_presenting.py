"""The account as a stranger sees it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.bluesky.connector import CONNECTOR
from stoa.social.networks.bluesky.tests.rehearsal import OWN, STRANGER, SmallServer, rehearse
from stoa.social.networks.protocol import NOT_OFFERED, Line, Outgoing

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
POST = Outgoing("Zips can be saved.", "1", MADE, MADE)


def test_an_account_is_seen_with_its_words_links_pin_and_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearse() as rehearsal:
        _, granted = CONNECTOR.connect(rehearsal.answers, http=rehearsal.http)
        server, line = rehearsal.http, Line(rehearsal.http, granted.credentials)
    assert isinstance(server, SmallServer)
    first = CONNECTOR.publish(POST, over=line)
    CONNECTOR.publish(replace(POST, text="Like this.", key="2", answers=first.id), over=line)
    server.overhear(first.id, "How?")
    told = {
        "description": "We mend. See https://guild.test/a, and come.",
        "followersCount": 40,
        "avatar": "https://x/a",
    }
    plain = SmallServer.profile

    def profile(self: SmallServer, did: str) -> dict[str, Any]:
        return {**plain(self, did), **(told | {"pinnedPost": {"uri": first.id}} if did == OWN else {})}

    def seen_with_words(self: SmallServer, uri: str) -> dict[str, Any]:
        return {**counted(self, uri), "record": self.records[uri]["value"]}

    counted = SmallServer.seen
    monkeypatch.setattr(SmallServer, "profile", profile)
    monkeypatch.setattr(SmallServer, "seen", seen_with_words)
    found = CONNECTOR.present(over=line)
    assert (found.bio, found.links) == (told["description"], ("https://guild.test/a",))
    assert (found.has_picture, found.pinned, found.followers) == (True, "Zips can be saved.", 40)
    assert [(each.text, each.replies, each.is_answer) for each in found.posts] == [
        ("Like this.", 0, True),
        ("Zips can be saved.", 2, False),
    ]
    assert STRANGER not in {each.id for each in found.posts}


def test_what_the_network_does_not_tell_is_not_made_up() -> None:
    with rehearse() as rehearsal:
        _, granted = CONNECTOR.connect(rehearsal.answers, http=rehearsal.http)
        found = CONNECTOR.present(over=Line(rehearsal.http, granted.credentials))
    assert (found.followers, found.has_picture, found.bio, found.pinned, found.posts) == (
        NOT_OFFERED,
        False,
        "",
        "",
        (),
    )
