"""Events are planned in wall time, answered by members, never overbooked; who waits longest moves up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow, Letter
from stoa.base.work.drain import drain
from stoa.community.gather import actions
from stoa.community.gather.models import Event, Rsvp
from stoa.community.gather.tests.makers import make_event, make_plan, make_rsvp
from stoa.people.models import Notice
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _still() -> object:
    with clock.pinned(NOW):
        yield


def told(person_id: int, kind: str) -> int:
    return Notice.objects.filter(person_id=person_id, kind=kind).count()


def test_a_wall_time_becomes_the_instant_of_its_zone_on_that_day() -> None:
    winter, summer = datetime.fromisoformat("2026-03-26T19:00"), datetime.fromisoformat("2026-04-02T19:00")
    before = make_event(starts=winter, ends=winter + timedelta(hours=2))
    after = make_event(starts=summer, ends=summer + timedelta(hours=2))
    assert before.starts_at == datetime(2026, 3, 26, 18, tzinfo=UTC)
    assert after.starts_at == datetime(2026, 4, 2, 17, tzinfo=UTC)
    assert after.starts_wall == "2026-04-02T19:00"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"zone": "Mars/Olympus"}, "zone"),
        (
            {"starts": datetime.fromisoformat("2026-03-29T02:30"), "ends": datetime.fromisoformat("2026-03-29T05:00")},
            "starts",
        ),
        ({"ends": datetime.fromisoformat("2026-03-01T09:00")}, "ends"),
        (
            {"starts": datetime.fromisoformat("2026-03-19T09:00"), "ends": datetime.fromisoformat("2026-03-19T10:00")},
            "starts",
        ),
        ({"place": ""}, "place"),
        ({"online_address": "javascript:alert(1)"}, "online_address"),
        ({"seats": 0}, "seats"),
    ],
)
def test_a_wrong_plan_is_refused_beside_its_field(wrong: dict[str, object], field: str) -> None:
    space = make_space()
    with pytest.raises(Invalid) as refusal:
        actions.plan_event(space, make_plan(**wrong), by=make_insider(space, "space.steward"))
    assert refusal.value.field == field
    assert Event.objects.count() == 0


def test_a_member_without_the_right_plans_nothing() -> None:
    with pytest.raises(NotAllowed):
        actions.plan_event(make_space(), make_plan(), by=make_actor())
    assert Event.objects.count() == 0


def test_the_seats_are_given_in_order_and_the_rest_waits() -> None:
    event = make_event(seats=2)
    answers = [make_rsvp(event).answer for _ in range(4)]
    event.refresh_from_db()
    assert answers == ["yes", "yes", "waiting", "waiting"]
    assert (event.going_count, event.waiting_count) == (2, 2)


def test_saying_yes_twice_keeps_the_place() -> None:
    event, first = make_event(seats=1), make_actor("First")
    make_rsvp(event)
    place = make_rsvp(event, by=first)
    with clock.pinned(NOW + timedelta(hours=1)):
        make_rsvp(event)
        assert make_rsvp(event, by=first).answered_at == place.answered_at
    event.refresh_from_db()
    assert event.waiting_count == 2


def test_who_waits_longest_moves_up_in_the_same_moment_and_is_told_by_notice_and_mail() -> None:
    event, going, first, second = make_event(seats=1), make_actor("A"), make_person("B"), make_person("C")
    make_rsvp(event, by=going)
    for minute, person in enumerate((first, second)):
        with clock.pinned(NOW + timedelta(minutes=minute)):
            make_rsvp(event, by=actor_of(person))
    actions.say_no(event, by=going)
    event.refresh_from_db()
    assert (event.going_count, event.waiting_count) == (1, 1)
    assert Rsvp.objects.get(person=first).answer == "yes"
    drain()
    assert (told(first.id, "gather.moved_up"), told(second.id, "gather.moved_up")) == (1, 0)
    assert Letter.objects.filter(person_id=first.id, kind="gather.moved_up").count() == 1


def test_more_seats_move_up_who_waits_and_fewer_than_taken_are_refused() -> None:
    space = make_space()
    host = make_insider(space, "space.steward")
    event = make_event(space, by=host, seats=1)
    for _ in range(3):
        make_rsvp(event)
    actions.change_event(event, make_plan(seats=2), by=host)
    event.refresh_from_db()
    assert (event.going_count, event.waiting_count) == (2, 1)
    with pytest.raises(Invalid):
        actions.change_event(event, make_plan(seats=1), by=host)
    event.refresh_from_db()
    assert event.seats == 2


def test_all_who_come_or_wait_are_told_of_a_cancelling_and_none_moves_up() -> None:
    space = make_space()
    host, going, waiting = make_insider(space, "space.steward"), make_person("G"), make_person("W")
    event = make_event(space, by=host, seats=1)
    make_rsvp(event, by=actor_of(going))
    make_rsvp(event, by=actor_of(waiting))
    with pytest.raises(Invalid):
        actions.cancel_event(event, reason=" ", by=host)
    actions.cancel_event(event, reason="The roof leaks.", by=host)
    drain()
    assert (told(going.id, "gather.cancelled"), told(waiting.id, "gather.cancelled")) == (1, 1)
    with pytest.raises(NotPossible):
        actions.say_no(event, by=actor_of(going))
    with pytest.raises(NotPossible):
        make_rsvp(event)


def test_another_time_is_told_and_other_words_are_not() -> None:
    space = make_space()
    host, going = make_insider(space, "space.steward"), make_person("G")
    event = make_event(space, by=host)
    make_rsvp(event, by=actor_of(going))
    plan = make_plan()
    actions.change_event(event, replace(plan, source="Bring two things."), by=host)
    drain()
    assert told(going.id, "gather.changed") == 0
    actions.change_event(event, replace(plan, ends=plan.ends + timedelta(hours=1)), by=host)
    drain()
    assert told(going.id, "gather.changed") == 1


def test_an_event_that_is_over_takes_no_answers() -> None:
    event = make_event()
    with clock.pinned(event.ends_at), pytest.raises(NotPossible):
        make_rsvp(event)
    assert Rsvp.objects.count() == 0


def test_who_leaves_a_closed_space_gives_their_seat_back() -> None:
    space = make_space("Crew", "private")
    insider, waiting = make_insider(space), make_insider(space, name="Next")
    event = make_event(space, seats=1)
    make_rsvp(event, by=insider)
    make_rsvp(event, by=waiting)
    Grant.objects.filter(person_id=insider.person_id).delete()
    from stoa.community.gather.subscribers import free_seats

    free_seats(insider.own_id, space.id)
    assert Rsvp.objects.get(person_id=waiting.own_id).answer == "yes"
    assert Rsvp.objects.get(person_id=insider.own_id).answer == "no"


def test_attendance_is_taken_by_a_host_once_it_has_begun() -> None:
    space = make_space()
    host, came, missed = make_insider(space, "space.steward"), make_actor("C"), make_actor("M")
    event = make_event(space, by=host)
    make_rsvp(event, by=came)
    make_rsvp(event, by=missed)
    with pytest.raises(NotPossible):
        actions.take_attendance(event, [came.own_id], by=host)
    with clock.pinned(event.starts_at):
        actions.take_attendance(event, [came.own_id], by=host)
        with pytest.raises(NotAllowed):
            actions.take_attendance(event, [], by=came)
    assert Rsvp.objects.get(person_id=came.own_id).attendance == "came"
    assert FactRow.objects.get(name="gather.attendance_taken").content == {"event": event.id, "came": 1, "missed": 1}


def test_the_last_host_stays_and_a_new_one_must_read_the_space() -> None:
    space = make_space("Crew", "private")
    person = make_person("Host")
    from stoa.spaces.tests.makers import give

    give(person, "space.steward", space)
    host, outsider = actor_of(person), make_person("Outsider")
    event = make_event(space, by=host)
    with pytest.raises(Invalid):
        actions.add_host(event, outsider, by=host)
    with pytest.raises(NotPossible):
        actions.remove_host(event, person, by=host)
    assert event.hosts.count() == 1
