"""Today: sections in order, marks that hide and hand over, what happened since the last visit."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stoa.base import clock, desk
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import Past, announce_past
from stoa.base.models import FactRow
from stoa.community.talk.facts import TopicOpened
from stoa.front import since, worklist
from stoa.front.actions.visit import note_visit
from stoa.front.actions.work import hand_over_work, set_work_aside, snooze_work, take_work_back
from stoa.front.models import DeskVisit, WorkMark
from stoa.front.worklist import today
from stoa.people.facts import PersonJoined
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_space, make_staff

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def row(key: str, section: Section, hours: float, weight: float = 1.0, **more: Any) -> WorkRow:
    since = NOON - timedelta(hours=hours)
    return WorkRow(key, section, f"what {key}", "why", "Do it", f"/{key}/", since, weight=weight, **more)


ROWS = [
    row("late", Section.WAITING, 2, 2.0),
    row("heavy", Section.WAITING, 19, 57.0, minutes=9),
    row("burning", Section.CANNOT_WAIT, 1, minutes=4),
    row("going", Section.GOING_OUT, -3),
    row("own", Section.DECIDE, 5, mine=True),
]


@pytest.fixture(autouse=True)
def _rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(worklist, "work_rows", lambda actor: iter(ROWS))
    monkeypatch.setattr(desk, "agenda", lambda actor, start, end: [])
    with clock.pinned(NOON):
        yield


@pytest.fixture
def ines() -> Actor:
    return make_staff("community_manager")


@pytest.fixture
def bashir() -> Actor:
    return make_staff("moderator")


def keys(actor: Actor, kind: str = "team") -> list[str]:
    return [work.row.key for part in today(actor, kind).parts for work in part.works]


def test_sections_come_in_the_order_of_what_hurts_and_the_heaviest_row_first(ines: Actor) -> None:
    assert keys(ines) == ["burning", "heavy", "late", "own", "going"]
    seen = today(ines, "team")
    assert (seen.count, seen.minutes, seen.urgent) == (4, 20, 1)
    assert keys(ines, "mine") == ["own"]


def test_a_snoozed_row_comes_back_when_its_time_has_come(ines: Actor, bashir: Actor) -> None:
    snooze_work("heavy", NOON + timedelta(hours=3), by=ines)
    assert "heavy" not in keys(ines)
    assert "heavy" in keys(bashir)
    assert [work.row.key for work in today(ines, "all").aside] == ["heavy"]
    with clock.pinned(NOON + timedelta(hours=3)):
        assert "heavy" in keys(ines)


def test_what_is_handed_over_is_the_others_own(ines: Actor, bashir: Actor) -> None:
    from stoa.people.models import Person

    hand_over_work("late", Person.objects.get(id=bashir.person_id), by=ines)
    assert keys(ines) == ["burning", "heavy", "own", "going"]
    assert keys(bashir, "mine") == ["late", "own"]
    held = {work.row.key: work.held_by for part in today(ines, "all").parts for work in part.works}
    assert held["late"] == bashir.name


def test_work_is_handed_to_staff_alone(ines: Actor) -> None:
    from stoa.people.models import Person

    member = make_actor()
    with pytest.raises(Invalid):
        hand_over_work("late", Person.objects.get(id=member.person_id), by=ines)
    assert not WorkMark.objects.exists()


def test_what_is_not_needed_is_so_for_everybody_until_it_begins_anew(ines: Actor, bashir: Actor) -> None:
    mark = set_work_aside("burning", "It went out by hand.", by=ines)
    assert "burning" not in keys(bashir)
    ROWS.append(row("burning", Section.CANNOT_WAIT, -0.0))
    try:
        with clock.pinned(NOON + timedelta(hours=1)):
            WorkMark.objects.filter(id=mark.id).update(at=NOON - timedelta(minutes=30))
            assert keys(bashir).count("burning") == 1
    finally:
        ROWS.pop()
    take_work_back(mark, by=bashir)
    assert "burning" in keys(ines)
    assert list(FactRow.objects.filter(name__startswith="front.").order_by("name").values_list("name", flat=True)) == [
        "front.work_not_needed",
        "front.work_taken_back",
    ]


def test_setting_aside_needs_words_and_marking_needs_staff(ines: Actor) -> None:
    with pytest.raises(Invalid):
        set_work_aside("late", "  ", by=ines)
    with pytest.raises(NotAllowed):
        snooze_work("late", NOON + timedelta(hours=1), by=make_actor())
    with pytest.raises(Invalid):
        snooze_work("late", NOON, by=ines)
    assert not WorkMark.objects.exists()


def test_looks_within_an_hour_are_one_visit(ines: Actor) -> None:
    note_visit(by=ines)
    with clock.pinned(NOON + timedelta(minutes=30)):
        note_visit(by=ines)
        assert DeskVisit.objects.get().before is None
    with clock.pinned(NOON + timedelta(hours=20)):
        assert since.last_visit(ines) == NOON + timedelta(minutes=30)
        note_visit(by=ines)
        assert DeskVisit.objects.get().before == NOON + timedelta(minutes=30)


def test_it_says_what_happened_since_the_last_visit_as_far_as_one_may_see_it(ines: Actor) -> None:
    with clock.pinned(NOON - timedelta(days=2)):
        note_visit(by=ines)
    FactRow.objects.all().delete()
    one, two = make_actor().own_id, make_actor().own_id
    lantern = make_space("Lantern", "secret")
    told = [
        Past(PersonJoined(one, None), NOON - timedelta(days=1)),
        Past(PersonJoined(two, None), NOON - timedelta(days=1)),
        Past(PersonJoined(two, None), NOON - timedelta(days=3)),
        Past(TopicOpened(7, lantern.id), NOON - timedelta(days=1)),
    ]
    announce_past(told)
    found = since.since_last_visit(ines)
    assert found.lines == ["2 people joined"]
    assert found.title.startswith("Since Saturday 21 November")


def test_a_long_section_opens_with_its_heaviest_rows_and_folds_the_rest(
    ines: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        row(f"{name}{n}", section, n)
        for name, section in (("w", Section.WELCOME), ("c", Section.CANNOT_WAIT))
        for n in range(11)
    ]
    monkeypatch.setattr(worklist, "work_rows", lambda actor: iter(many))
    burning, welcome = today(ines, "team").parts
    assert (len(burning.first), len(burning.rest)) == (11, 0)
    assert (len(welcome.first), len(welcome.rest)) == (6, 5)
    assert today(ines, "team").count == 22
