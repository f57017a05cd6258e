"""The room as somebody sees it who has just entered."""

from dataclasses import replace
from datetime import UTC, datetime

from stoa.social.networks.matrix.connector import CONNECTOR
from stoa.social.networks.matrix.tests.rehearsal import ROSA, SmallServer
from stoa.social.networks.protocol import Line, Outgoing

POST = Outgoing("Zips can be saved.", "1", datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 1, 12, tzinfo=UTC))


def test_our_last_messages_are_seen_with_what_the_room_says_of_itself(server: SmallServer, line: Line) -> None:
    first = CONNECTOR.publish(POST, over=line)
    second = CONNECTOR.reply(replace(POST, text="Like this.", key="2", answers=first.id), over=line)
    CONNECTOR.delete(CONNECTOR.publish(replace(POST, text="Gone", key="3"), over=line).id, over=line)
    CONNECTOR.edit(second.id, replace(POST, text="Like that.", key="4"), over=line)
    server.send(ROSA, {"msgtype": "m.text", "body": "Talk"})
    server.state |= {
        "m.room.topic": {"topic": "Mending. Rules: https://guild.test/rules"},
        "m.room.avatar": {"url": "mxc://matrix.test/a"},
        "m.room.pinned_events": {"pinned": ["$nowhere", first.id]},
    }
    seen = CONNECTOR.present(over=line)
    assert (seen.account.name, seen.links, seen.has_picture) == ("Announcements", ("https://guild.test/rules",), True)
    assert (seen.pinned, seen.followers) == ("Zips can be saved.", 1)
    assert [(each.id, each.replies, each.is_answer) for each in seen.posts] == [
        (second.id, 0, True),
        (first.id, 1, False),
    ]


def test_where_newcomers_see_nothing_of_before_no_post_is_seen(server: SmallServer, line: Line) -> None:
    CONNECTOR.publish(POST, over=line)
    server.state["m.room.history_visibility"] = {"history_visibility": "joined"}
    server.state["m.room.pinned_events"] = {"pinned": "$x"}
    seen = CONNECTOR.present(over=line)
    assert (seen.posts, seen.pinned, seen.bio, seen.has_picture) == ((), "", "", False)
