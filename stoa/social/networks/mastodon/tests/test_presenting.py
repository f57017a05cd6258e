"""The account as a stranger sees it: nothing that only followers see, and what a server hides is not told."""

from datetime import UTC, datetime

from stoa.social.networks.mastodon.connector import CONNECTOR
from stoa.social.networks.mastodon.tests.rehearsal import SERVER, TOKEN, SmallServer
from stoa.social.networks.protocol import NOT_OFFERED, Line, Outgoing

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_an_account_is_seen_with_its_words_links_pin_and_public_posts() -> None:
    server = SmallServer()
    line = Line(server, {"server": SERVER, "token": TOKEN, "account": "101"})
    first = CONNECTOR.publish(Outgoing("Zips can be saved.", "1", MADE, MADE), over=line)
    CONNECTOR.publish(Outgoing("Like this.", "2", MADE, MADE, answers=first.id), over=line)
    hidden = CONNECTOR.publish(Outgoing("For followers", "3", MADE, MADE), over=line)
    server.statuses[hidden.id]["visibility"] = "private"
    server.statuses[first.id]["replies_count"] = 1
    link = '<a href="https://guild.test/?a=1&amp;b=2" rel="me"><span class="invisible">https://</span>guild.test</a>'
    portrait = f"{SERVER}/avatars/1.png"
    server.profile |= {"note": "<p>We mend &amp; learn</p>", "fields": [{"name": "Web", "value": link}]}
    server.profile |= {"avatar_static": portrait, "followers_count": 40}
    server.pinned.append({"content": "<p>Read this first</p>"})
    seen = CONNECTOR.present(over=line)
    assert (seen.bio, seen.links[0], seen.has_picture) == ("We mend & learn", "https://guild.test/?a=1&b=2", True)
    assert (seen.pinned, seen.followers, seen.account.handle) == ("Read this first", 40, "guild@mastodon.test")
    assert [(each.text, each.replies, each.is_answer) for each in seen.posts] == [
        ("Like this.", 0, True),
        ("Zips can be saved.", 1, False),
    ]
    assert seen.posts[1].address == first.address


def test_a_hidden_number_of_followers_and_the_servers_own_picture_are_none() -> None:
    server = SmallServer()
    line = Line(server, {"server": SERVER, "token": TOKEN, "account": "101"})
    server.profile |= {"followers_count": -1, "avatar_static": f"{SERVER}/avatars/original/missing.png"}
    seen = CONNECTOR.present(over=line)
    assert (seen.followers, seen.has_picture, seen.pinned, seen.bio, seen.posts) == (NOT_OFFERED, False, "", "", ())
