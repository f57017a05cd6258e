"""A year of talk: enough of it, never the same opening twice, everybody there before they speak."""

import re
from datetime import UTC, datetime, timedelta

from stoa.demo_guild.belonging import memberships
from stoa.demo_guild.people import by_key, people
from stoa.demo_guild.reading import spaces
from stoa.demo_guild.threads import _all, threads

NEVER = re.compile(r"lorem|ipsum|\{|\}|https?://", re.IGNORECASE)


def test_there_are_1500_topics_and_9000_replies() -> None:
    year = list(threads())
    assert len(year) == 1500
    assert sum(len(thread.replies) for thread in year) == 9000


def test_no_two_openings_are_alike() -> None:
    year = list(threads())
    assert len({thread.title for thread in year}) == len({thread.body for thread in year}) == 1500


def test_keys_are_unique_and_references_resolve() -> None:
    year, members, places = list(threads()), by_key(), {space.key for space in spaces()}
    keys = [thread.key for thread in year] + [reply.key for thread in year for reply in thread.replies]
    assert len(set(keys)) == len(keys)
    for thread in year:
        assert thread.space in places
        assert thread.kind in ("discussion", "question")
        assert {thread.author, *(reply.author for reply in thread.replies)} <= set(members)
        assert thread.answered_by in ("", *(reply.key for reply in thread.replies))


def test_every_text_says_something_and_no_slot_is_left_open() -> None:
    for thread in threads():
        for text in (thread.title, thread.body, *(reply.body for reply in thread.replies)):
            assert text.strip()
            assert not NEVER.search(text), text
        assert len(thread.title) <= 120


def test_nobody_speaks_before_joining_or_after_now() -> None:
    members = by_key()
    for thread in threads():
        said = [(thread.author, thread.offset), *((reply.author, reply.offset) for reply in thread.replies)]
        offsets = [offset for _, offset in said]
        assert offsets == sorted(offsets)
        assert offsets[-1] < timedelta(0)
        assert all(offset >= timedelta(days=members[author].joined_day) for author, offset in said), thread.key


def test_the_same_seed_gives_the_same_year() -> None:
    now = datetime(2031, 2, 1, 9, 30, tzinfo=UTC)
    first = list(threads(3, now=now))
    _all.cache_clear()
    people.cache_clear()
    assert list(threads(3, now=now)) == first
    assert list(threads(4, now=now)) != first


def test_amara_waits_for_a_first_answer() -> None:
    waiting = next(thread for thread in threads() if thread.key == "aunt-lamp")
    assert (waiting.author, waiting.offset, waiting.replies) == ("amara", timedelta(hours=-19), ())


def test_junia_was_answered_after_38_minutes_by_tomasz() -> None:
    zip_topic = next(thread for thread in threads() if thread.key == "jacket-zip")
    first = zip_topic.replies[0]
    assert (zip_topic.author, first.author, first.offset - zip_topic.offset) == (
        "junia",
        "tomasz",
        timedelta(minutes=38),
    )


def test_most_replies_are_not_said_twice() -> None:
    replies = [reply.body for thread in threads() for reply in thread.replies]
    assert len(set(replies)) > 5500


def test_the_secret_space_stays_small_and_everybody_is_on_the_porch() -> None:
    inside = memberships()
    assert set(inside["lantern"]) == {"marta", "ines", "philippa", "kenji"}
    assert len(inside["porch"]) == 400
    assert 8 <= len(inside["apprentices"]) <= 20
    assert len(inside["crew"]) <= 25
