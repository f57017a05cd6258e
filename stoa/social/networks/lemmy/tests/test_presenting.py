"""The community as a stranger sees it, and what of ours stands in it."""

from dataclasses import replace
from datetime import UTC, datetime

from stoa.social.networks.lemmy.connector import CONNECTOR
from stoa.social.networks.lemmy.tests.rehearsal import CLOSED, GUILD, REPAIR, SERVER, TOKEN, SmallServer
from stoa.social.networks.protocol import Line, Outgoing

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
POST = Outgoing("Zips can be saved.\n\nCome.", "1", MADE, MADE)


def test_only_what_stands_in_this_community_is_seen() -> None:
    server = SmallServer()
    line = Line(server, {"server": SERVER, "token": TOKEN, "person": str(GUILD), "community": str(REPAIR)})
    first = CONNECTOR.publish(POST, over=line)
    gone = CONNECTOR.publish(replace(POST, text="Soon gone"), over=line)
    CONNECTOR.delete(gone.id, over=line)
    server.post_post({"name": "Elsewhere", "community_id": CLOSED})
    server.posts[1]["featured_community"] = True
    server.overhear(first.id, "How?")
    server.told |= {
        "description": "Mending, [together](https://guild.test/rules).",
        "icon": f"{SERVER}/pictrs/image/i.png",
    }
    seen = CONNECTOR.present(over=line)
    assert (seen.account.handle, seen.bio, seen.links) == (
        "repair@lemmy.test",
        "Mending, [together](https://guild.test/rules).",
        ("https://guild.test/rules",),
    )
    assert (seen.has_picture, seen.pinned, seen.followers) == (True, "Zips can be saved.\n\nCome.", 40)
    assert [(each.id, each.replies, each.address) for each in seen.posts] == [(first.id, 1, first.address)]
