"""The Guild's social side: posts that fit, numbers that rise, rights that hold, links that brought somebody."""

import re
from datetime import timedelta

from stoa.demo_guild.people import by_key
from stoa.demo_guild.reach import campaigns, conversations
from stoa.demo_guild.reading import spaces, written_threads
from stoa.demo_guild.social import channels, posts, usage_rights


def test_one_of_three_channels_offers_no_reach() -> None:
    assert [channel.handle for channel in channels()] == ["@brackwater", "@brackwater_tools", "@brackwater_young"]
    assert [channel.offers_reach for channel in channels()] == [True, True, False]


def test_there_are_300_posts_that_fit_everywhere() -> None:
    names = {channel.key for channel in channels()}
    assert len(posts()) == len({post.key for post in posts()}) == 300
    for post in posts():
        assert post.author in by_key()
        assert -366 <= post.day < 0
        assert post.variants
        for channel, text in post.variants:
            assert channel in names
            assert 0 < len(text) <= 300, text
            assert not re.search(r"lorem|[{}]|https?://", text)
        assert bool(post.picture) == bool(post.alt)


def test_no_text_goes_out_twice() -> None:
    texts = [text for post in posts() for _, text in post.variants]
    assert len(set(texts)) == len(texts)


def test_numbers_only_rise_and_what_is_not_offered_is_not_nought() -> None:
    for post in posts():
        for channel, readings in post.readings:
            likes = [reading.likes for reading in readings]
            assert likes == sorted(likes)
            assert all((reading.views is None) == (channel == "young") for reading in readings)
            assert all(reading.after < timedelta(days=-post.day) for reading in readings)


def test_nine_member_stories_are_used_under_a_valid_right() -> None:
    by_right = {right.key: right for right in usage_rights()}
    assert len(by_right) == 14
    used = [post for post in posts() if post.right]
    assert len(used) == 9
    assert {by_right[post.right].state for post in used} == {"granted", "narrowed"}
    for post in used:
        right = by_right[post.right]
        assert post.key in right.posts
        assert right.credit in post.variants[0][1]
        assert {channel for channel, _ in post.variants} <= set(right.channels)
        assert right.answered_day is not None
        assert right.answered_day < post.day
    assert {right.state for right in usage_rights()} == {
        "asked",
        "granted",
        "narrowed",
        "declined",
        "withdrawn",
        "expired",
    }


def test_rights_are_asked_of_authors_for_topics_that_members_may_read() -> None:
    shown = {space.key for space in spaces() if space.visibility in ("public", "members")}
    written = {thread.key: thread for thread in written_threads()}
    for right in usage_rights():
        thread = written[right.thread]
        assert thread.author == right.author
        assert thread.space in shown
        assert timedelta(days=right.asked_day) > thread.offset


def test_120_conversations_have_a_first_word_of_a_stranger() -> None:
    found, known = conversations(), {post.key for post in posts()}
    assert len(found) == len({one.key for one in found}) == 120
    for one in found:
        assert not one.turns[0].ours
        assert all(turn.text for turn in one.turns)
        assert one.post in ("", *known)
        assert one.offset + one.turns[-1].after < timedelta(0)
    assert {one.kind for one in found} == {"question", "praise", "complaint", "remark"}
    assert [one.handle for one in found if one.urgent] == ["@kettlefan"]


def test_campaigns_brought_members_through_links_in_posts() -> None:
    known, members = {post.key: post for post in posts()}, by_key()
    assert len(campaigns()) == 7
    assert sum(1 for campaign in campaigns() if campaign.joins >= 5) >= 3
    seen: set[str] = set()
    for campaign in campaigns():
        for link in campaign.placements:
            assert link.post == "" or known[link.post].campaign == campaign.key
            assert not seen & set(link.joined)
            seen |= set(link.joined)
            assert all(campaign.first_day <= members[key].joined_day <= campaign.last_day + 1 for key in link.joined)
            assert sum(count for _, count in link.visits) > len(link.joined)
