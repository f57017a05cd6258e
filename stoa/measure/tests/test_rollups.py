"""Figures of days: marked by facts, counted from the rows, and always what counting gives."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stoa.base import actors, clock
from stoa.base.facts import announce
from stoa.base.models.site import site
from stoa.base.work.drain import drain
from stoa.community.talk.models import Presence, Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.measure.actions import mark, recount
from stoa.measure.check import check
from stoa.measure.days import Days
from stoa.measure.models import DirtyDay, MetricDay
from stoa.measure.registry import all_metrics
from stoa.measure.tasks import mark_what_ripened
from stoa.measure.tests.seeded import DAY, NOW, World
from stoa.people.facts import PersonJoined
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.tests.makers import make_space

pytestmark = pytest.mark.django_db
ALL = Days(date(2026, 6, 1), date(2026, 11, 24), "UTC")


def stands() -> list[tuple[object, ...]]:
    fields = ("metric", "version", "zone", "scope", "day", "numerator", "denominator", "n")
    return list(MetricDay.objects.order_by("metric", "scope", "day").values_list(*fields))


def test_counting_everything_anew_gives_identical_figures() -> None:
    with clock.pinned(NOW):
        World(people=120)
        recount(ALL)
        before = stands()
        assert {row[0] for row in before} == {key for key in all_metrics() if not key.endswith("_boosted")}
        for each in list(ALL)[60:90]:
            recount(Days(each, each + DAY, "UTC"))
        assert stands() == before
        MetricDay.objects.all().delete()
        mark(list(ALL)[:1])
        recount(Days(date(2026, 6, 2), ALL.end, "UTC"))
        drain()
        assert stands() == before
        assert not DirtyDay.objects.exists()
        assert list(check()) == []


def test_check_tells_of_a_figure_that_does_not_fit() -> None:
    with clock.pinned(NOW):
        World(people=60)
        recount(ALL)
        wrong = MetricDay.objects.filter(metric="bridge.joins", day__lt=date(2026, 10, 1)).earliest("day")
        MetricDay.objects.filter(id=wrong.id).update(numerator=wrong.numerator + 1)
        assert list(check()) == [
            f"bridge.joins of site on {wrong.day} stands as ({wrong.n + 1}, None, {wrong.n}), counting gives {(wrong.n, None, wrong.n)}"
        ]


def join(name: str) -> Person:
    person = make_person(name)
    announce(PersonJoined(person.id, None), by=actors.system("people"))
    return person


def test_a_join_its_first_words_and_their_answer_reach_the_day_of_the_join() -> None:
    with clock.pinned(NOW - 20 * DAY):
        space, person, helper = make_space(), join("Noor"), make_person("Ines")
        drain()
    assert figures("bridge.joins") == [(1, None)]
    assert figures("bridge.first_words") == []
    with clock.pinned(NOW - 18 * DAY):
        topic = make_topic(space, by=actor_of(person))
        drain()
    with clock.pinned(NOW - 17 * DAY):
        make_reply(topic, by=actor_of(helper))
        drain()
    with clock.pinned(NOW):
        mark_what_ripened()
        drain()
        assert figures("bridge.first_words") == [(1, 1)]
        assert figures("bridge.first_answer") == [(1, 1)]
        assert figures("bridge.still_here") == []
        assert list(check()) == []


def test_a_day_becomes_old_enough_by_the_clock_alone() -> None:
    with clock.pinned(NOW - 40 * DAY):
        join("Noor")
        drain()
    with clock.pinned(NOW):
        mark_what_ripened()
        drain()
        assert figures("bridge.still_here") == [(0, 1)]


@pytest.mark.parametrize("minutes", [-1, 0, 59, 61])
def test_a_day_before_the_clocks_went_back_is_judged_when_its_people_are_old_enough(minutes: int) -> None:
    """Thirty-seven days after the end of 17 October in Berlin it is eleven in the evening there, not midnight."""
    house = site()
    house.zone = "Europe/Berlin"
    house.save()
    joined = datetime(2026, 10, 17, 12, tzinfo=UTC)
    judged = datetime(2026, 11, 23, 22, tzinfo=UTC)
    with clock.pinned(joined):
        join("Noor")
        drain()
    with clock.pinned(judged - 2 * DAY):
        mark_what_ripened()
        drain()
        assert figures("bridge.still_here") == []
    with clock.pinned(judged + timedelta(minutes=minutes)):
        assert list(check()) == []
        mark_what_ripened()
        drain()
        assert figures("bridge.still_here") == ([(0, 1)] if minutes >= 0 else [])
        assert list(check()) == []


def test_words_that_a_decision_hid_count_no_more() -> None:
    with clock.pinned(NOW):
        World(people=60)
        recount(ALL)
        before = sum(row.numerator for row in MetricDay.objects.filter(metric="bridge.first_words"))
        Topic.objects.update(presence=Presence.HIDDEN)
        Reply.objects.update(presence=Presence.HIDDEN)
        recount(ALL)
        assert before > 0
        assert sum(row.numerator for row in MetricDay.objects.filter(metric="bridge.first_words")) == 0


def test_a_day_marked_while_it_is_counted_is_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from stoa.measure.actions import rollups

    with clock.pinned(NOW):
        mark([date(2026, 11, 2)])
    counted = []

    def count(days: Days) -> None:
        counted.append(days.first)
        if len(counted) == 1:
            DirtyDay.objects.update(due_at=NOW + timedelta(seconds=1))

    monkeypatch.setattr(rollups, "recount", count)
    with clock.pinned(NOW + timedelta(minutes=1)):
        drain()
    assert counted == [date(2026, 11, 2)] * 2
    assert not DirtyDay.objects.exists()


def figures(metric: str) -> list[tuple[int, int | None]]:
    return list(MetricDay.objects.filter(metric=metric).values_list("numerator", "denominator"))
