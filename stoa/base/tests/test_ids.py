"""Ids sort by time, read back, and refuse what was never an id."""

from datetime import UTC, datetime, timedelta

import pytest

from stoa.base import clock, ids


def test_an_id_reads_back() -> None:
    number = ids.new()
    assert len(ids.shown(number)) == 13
    assert ids.parse(ids.shown(number)) == number


def test_ids_sort_by_time() -> None:
    with clock.pinned(datetime(2026, 1, 1, tzinfo=UTC)):
        early = ids.new()
    with clock.pinned(datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)):
        late = ids.new()
    assert early < late
    assert ids.shown(early) < ids.shown(late)


@pytest.mark.parametrize(
    "text", ["", "0", "zzzzzzzzzzzzz", "000000000000O", "00000000000000", "０００００００００００００"]
)
def test_what_was_never_an_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        ids.parse(text)


def test_seeded_ids_repeat() -> None:
    with clock.pinned(datetime(2026, 1, 1, tzinfo=UTC)):
        with ids.seeded(7):
            first = [ids.new() for _ in range(5)]
        with ids.seeded(7):
            assert [ids.new() for _ in range(5)] == first


def test_many_ids_of_one_millisecond_differ() -> None:
    with clock.pinned(datetime(2026, 1, 1, tzinfo=UTC)):
        assert len({ids.new() for _ in range(20_000)}) == 20_000


def test_ids_of_before_2020_sort_by_time_and_lie_before_all_later_ones() -> None:
    moments = [
        datetime(year, 7, 1, tzinfo=UTC) + timedelta(seconds=step) for year in (1999, 2013, 2019) for step in (0, 1)
    ]
    moments += [datetime(2020, 1, 1, 23, 59, 59, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)]
    made = []
    for moment in moments:
        with clock.pinned(moment):
            made.append(ids.new())
        assert ids.at(moment) <= made[-1] < ids.at(moment + timedelta(seconds=1))
    assert made == sorted(made)
    assert all(ids.parse(ids.shown(number)) == number for number in made)
    assert ids.at(datetime(1970, 1, 1, tzinfo=UTC)) == 0


def test_a_thousand_ids_of_one_old_moment_differ() -> None:
    with clock.pinned(datetime(2013, 5, 1, tzinfo=UTC)):
        assert len({ids.new() for _ in range(1000)}) == 1000


def test_few_of_those_drawn_twice_within_one_old_moment_meet() -> None:
    """Two turns of a worker, which know nothing of each other: their rows of one instant rarely draw the same id."""
    drawn: list[int] = []
    for seed in (1, 2):
        with clock.pinned(datetime(2013, 5, 1, tzinfo=UTC)), ids.seeded(seed):
            drawn += [ids.new() for _ in range(500)]
    assert len(drawn) - len(set(drawn)) < 5
