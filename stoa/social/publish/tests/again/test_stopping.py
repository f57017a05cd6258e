"""A schedule is stopped and goes on, one of its times is left out, other times take their place. Instants were worked out by hand."""

from datetime import UTC, datetime, time, timedelta

import pytest

from stoa.base import clock
from stoa.base.errors import NotPossible
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions import (
    change_schedule,
    resume_schedule,
    skip_occurrence,
    stop_schedule,
    take_up_occurrence,
)
from stoa.social.publish.check import check
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.again.makers import DAY, again, look, make_schedule, said, weekly
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, run
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 5, 11, 7, tzinfo=UTC)  # Monday, 09:00 in Berlin


def test_a_stop_lets_go_what_is_not_out(network: HostileNetwork, channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START):
        stop_schedule(again(schedule), by=manager)
    assert (again(schedule).state, again(schedule).due_at) == ("stopped", None)
    assert said(schedule) == [(1, "let_go")]
    run(START, hours=24 * 40)
    assert len(network.posts) == 1
    assert Delivery.objects.get(planned_for=FIRST).state == "withdrawn"


def test_a_stop_leaves_what_is_out(network: HostileNetwork, channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    look(START)
    run(START, hours=24 * 8)
    with clock.pinned(FIRST + DAY):
        stop_schedule(again(schedule), by=manager)
    assert said(schedule) == [(1, "made"), (2, "let_go")]
    assert Delivery.objects.get(planned_for=FIRST).state == "published"


def test_it_goes_on_with_what_was_let_go_and_never_reached_a_network(network: HostileNetwork, channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START + DAY):
        stop_schedule(again(schedule), by=manager)
    with clock.pinned(START + 2 * DAY):
        resume_schedule(again(schedule), by=manager)
    look(START + 2 * DAY)
    assert said(schedule) == [(1, "made")]
    run(START, hours=24 * 8)
    assert len(network.posts) == 2
    assert sorted(Delivery.objects.filter(planned_for=FIRST).values_list("state", flat=True)) == [
        "published",
        "withdrawn",
    ]
    assert list(check()) == []


def test_what_somebody_had_in_hand_is_not_made_a_second_time(channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    Channel.objects.filter(id=channel.id).update(is_by_hand=True)
    look(START)
    run(START, hours=24 * 7 + 1)
    assert Delivery.objects.get(planned_for=FIRST).state in ("handed", "asks")
    with clock.pinned(FIRST + timedelta(hours=1)):
        stop_schedule(again(schedule), by=manager)
        resume_schedule(again(schedule), by=manager)
    assert said(schedule) == [(1, "made"), (2, "let_go")]
    look(FIRST + timedelta(hours=1))
    assert said(schedule) == [(1, "made"), (2, "made")]
    assert Delivery.objects.filter(planned_for=FIRST).count() == 1


def test_one_time_is_left_out_before_and_after_it_is_planned(network: HostileNetwork, channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START):
        skip_occurrence(again(schedule), 1, by=manager)
        skip_occurrence(again(schedule), 3, by=manager)
        with pytest.raises(NotPossible):
            skip_occurrence(again(schedule), 1, by=manager)
    for day in range(23):
        look(START + day * DAY)
        run(START + day * DAY, hours=23)
    assert said(schedule) == [(1, "skipped"), (2, "made"), (3, "skipped"), (4, "made")]
    assert len(network.posts) == 2
    assert network.posts[1].text.startswith("Zips can be saved.")


def test_what_was_left_out_comes_after_all(channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START):
        skip_occurrence(again(schedule), 1, by=manager)
        take_up_occurrence(again(schedule), 1, by=manager)
        with pytest.raises(NotPossible):
            take_up_occurrence(again(schedule), 1, by=manager)
    look(START)
    assert said(schedule) == [(1, "made")]
    assert Delivery.objects.filter(planned_for=FIRST, state="planned").count() == 1
    with clock.pinned(FIRST + DAY), pytest.raises(NotPossible):
        skip_occurrence(again(schedule), 1, by=manager)


def test_other_times_are_counted_on_from_the_last_number(channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START + DAY):
        change_schedule(again(schedule), weekly(channel, weekdays=(4,), at=time(18)), by=manager)
    look(START + DAY)
    assert said(schedule) == [(1, "let_go"), (2, "made")]
    states = dict(Delivery.objects.values_list("planned_for", "state"))
    assert states[FIRST] == "withdrawn"
    assert states[datetime(2026, 5, 8, 16, tzinfo=UTC)] == "planned"


def test_the_same_times_on_one_more_channel_keep_their_numbers(channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    other = make_channel("hostile", "second-porch")
    look(START)
    row = again(schedule)
    with clock.pinned(START + DAY):
        plan = weekly(channel, channels=(channel, other), zone=row.zone, since=row.since)
        change_schedule(row, plan, by=manager)
    look(START + DAY)
    assert said(schedule) == [(1, "made"), (1, "made")]
    assert sorted(
        Delivery.objects.filter(planned_for=FIRST, state="planned").values_list("channel", flat=True)
    ) == sorted([channel.id, other.id])
