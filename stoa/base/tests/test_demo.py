"""The demo's socket: a story that moves clock and ids, and facts written in bulk."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from stoa.base import clock, ids
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.facts.declare import Fact
from stoa.base.models import FactRow, Hearing

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Rung(Fact):
    bell: int


Rung.name = "base.rung_for_tests"


def test_a_story_moves_the_clock_and_ids_but_never_beyond_now() -> None:
    story = Story(NOON, 7)
    with story.at(NOON - timedelta(days=3)):
        assert clock.now() == NOON - timedelta(days=3)
        assert ids.at(clock.now()) <= ids.new() < ids.at(clock.now() + timedelta(milliseconds=1))
    with story.at(NOON + timedelta(days=3)):
        assert clock.now() == NOON


def test_what_a_story_remembers_is_found_by_kind_and_key() -> None:
    story = Story(NOON, 7)
    story.remember("person", "marta", 12)
    assert story.id_of("person", "marta") == 12
    assert story.known("space", "marta") is None
    assert story.dice("a").random() == story.dice("a").random() != story.dice("b").random()


@pytest.mark.django_db
def test_past_facts_lie_in_the_log_in_their_order_and_nobody_hears_them() -> None:
    told = [Past(Rung(2), NOON, 5), Past(Rung(1), NOON - timedelta(hours=1))]
    assert announce_past(told) == 2
    rows = list(FactRow.objects.order_by("at", "id").values_list("content", "at", "by_id"))
    assert rows == [({"bell": 1}, NOON - timedelta(hours=1), None), ({"bell": 2}, NOON, 5)]
    assert not Hearing.objects.exists()
