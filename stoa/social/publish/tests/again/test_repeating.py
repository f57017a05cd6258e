"""A post that goes out again and again: made ahead, once, as a copy; stopped, changed, left out. Instants were worked out by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.backup import pause, resume
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions import (
    Draft,
    VariantDraft,
    change_delivery,
    change_schedule,
    let_go,
    repeat_post,
    resume_schedule,
    save_draft,
    skip_occurrence,
    stop_schedule,
    throw_away,
    write_anew,
)
from stoa.social.publish.actions.occurring import make_occurrence
from stoa.social.publish.check import check
from stoa.social.publish.models import Delivery, Occurrence, Post, Schedule
from stoa.social.publish.tests.again.makers import DAY, WEEK, again, look, make_schedule, planned_at, said, weekly
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, make_post, run
from stoa.spaces.models import Grant, Role
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 5, 11, 7, tzinfo=UTC)  # Monday, 09:00 in Berlin


def sent_post(channel: Channel) -> Post:
    post = make_post([channel])
    run(START, hours=1)
    return post


def test_the_first_time_is_planned_a_week_ahead_as_a_post_of_its_own(channel: Channel) -> None:
    schedule = make_schedule(channel)
    assert again(schedule).due_at == FIRST - WEEK
    look(START)
    assert said(schedule) == [(1, "made")]
    made = Post.objects.exclude(id=schedule.post_id).get()
    assert (made.state, made.at, made.wall, made.zone) == ("planned", FIRST, "2026-05-11T09:00", "Europe/Berlin")
    delivery = made.deliveries.get()
    source = schedule.post.deliveries.get()
    assert (delivery.state, delivery.planned_for, delivery.due_at) == ("planned", FIRST, FIRST)
    assert delivery.text.split("http")[0] == source.text.split("http")[0]
    assert delivery.marker
    assert delivery.marker != source.marker
    assert delivery.key != source.key
    assert (again(schedule).next_number, again(schedule).due_at) == (2, FIRST)
    assert list(check()) == []


def test_each_time_goes_out_once_at_its_wall_time(network: HostileNetwork, channel: Channel) -> None:
    schedule = make_schedule(channel, most=3)
    for day in range(30):
        look(START + day * DAY)
        run(START + day * DAY, hours=23)
    assert said(schedule) == [(1, "made"), (2, "made"), (3, "made")]
    assert planned_at(schedule) == [FIRST, FIRST + WEEK, FIRST + 2 * WEEK]
    assert Delivery.objects.filter(state="published").count() == 4  # the source too
    assert len(network.posts) == 4
    assert network.duplicates() == []
    assert again(schedule).state == "ended"
    assert list(check()) == []


def test_the_wall_time_stays_when_the_clocks_are_changed(channel: Channel) -> None:
    begin = datetime(2026, 10, 19, 12, tzinfo=UTC)
    schedule = make_schedule(channel, at=begin, most=2, weekdays=(6,))
    look(begin)
    look(begin + WEEK)
    assert planned_at(schedule) == [
        datetime(2026, 10, 25, 8, tzinfo=UTC),
        datetime(2026, 11, 1, 8, tzinfo=UTC),
    ]


def test_a_claim_that_comes_twice_makes_it_once(channel: Channel) -> None:
    schedule = make_schedule(channel)
    with clock.pinned(START):
        make_occurrence(schedule.id, again(schedule).fence)
        make_occurrence(schedule.id, again(schedule).fence)
        make_occurrence(schedule.id, again(schedule).fence + 1)
    assert said(schedule) == [(1, "made")]
    assert Post.objects.count() == 2


def test_the_words_are_those_of_the_source_when_it_is_made(channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    with clock.pinned(START):
        draft = write_anew(schedule, by=manager)
        assert draft.is_draft
        assert write_anew(schedule, by=manager).id == draft.id
        draft.variants.update(is_own=True, text="Zips want soap.")
    look(START)
    made = Occurrence.objects.get(schedule=schedule).post
    assert made is not None
    assert made.deliveries.get().text.startswith("Zips want soap.")
    assert schedule.post.deliveries.get().text.startswith("Zips can be saved.")
    with pytest.raises(NotPossible):
        throw_away(draft, by=manager)
    assert Post.objects.filter(id=draft.id).exists()


def test_of_times_that_passed_while_nobody_worked_the_last_asks(network: HostileNetwork, channel: Channel) -> None:
    schedule = make_schedule(channel, post=sent_post(channel))
    late = FIRST + 3 * WEEK + timedelta(hours=5)
    look(late)
    assert said(schedule) == [(1, "missed"), (2, "missed"), (3, "missed"), (4, "made"), (5, "made")]
    run(late, hours=2)
    assert len(network.posts) == 1
    asks = Delivery.objects.get(state="asks")
    assert (asks.planned_for, asks.question) == (FIRST + 3 * WEEK, "late")
    assert list(check()) == []


def test_times_before_a_restore_that_have_no_row_are_noted_as_missed(network: HostileNetwork, channel: Channel) -> None:
    """The installation that is gone may have sent them."""
    schedule = make_schedule(channel)
    with clock.pinned(FIRST + timedelta(minutes=5)):
        pause("Restored.", START)
        resume()
    look(FIRST + timedelta(minutes=6))
    assert said(schedule) == [(1, "missed"), (2, "made")]
    run(FIRST + timedelta(minutes=6), hours=1)
    assert network.sent == 0
    assert again(schedule).is_running


def test_what_is_a_few_minutes_late_goes_out(network: HostileNetwork, channel: Channel) -> None:
    make_schedule(channel, post=sent_post(channel))
    late = FIRST + timedelta(minutes=5)
    look(late)
    run(late, hours=1)
    assert len(network.posts) == 2


def test_where_it_does_not_fit_it_is_refused_and_goes_out_elsewhere(channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    other = make_channel("hostile", "second-porch")
    with clock.pinned(START):
        post = make_post([channel, other], by=manager)
        schedule = repeat_post(post, weekly(channel, channels=(channel, other)), by=manager)
    Channel.objects.filter(id=other.id).update(state="disconnected")
    look(START)
    rows = dict(Occurrence.objects.filter(schedule=schedule).values_list("channel", "state"))
    assert rows == {channel.id: "made", other.id: "refused"}
    assert again(schedule).is_running
    assert (
        "second-porch" in Occurrence.objects.get(channel=other).reason or Occurrence.objects.get(channel=other).reason
    )


def test_where_nothing_may_go_out_it_stops_with_the_reason(channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    Channel.objects.filter(id=channel.id).update(state="disconnected")
    look(START)
    row = again(schedule)
    assert (row.state, row.due_at) == ("stopped", None)
    assert row.reason
    assert said(schedule) == [(1, "refused")]
    assert Post.objects.count() == 1
    Channel.objects.filter(id=channel.id).update(state="connected")
    with clock.pinned(START + DAY):
        resume_schedule(row, by=manager)
    look(START + DAY)
    assert said(schedule) == [(1, "made")]


def test_whose_keeper_has_left_stops(channel: Channel) -> None:
    schedule = make_schedule(channel)
    Schedule.objects.filter(id=schedule.id).update(kept_by=None)
    look(START)
    assert again(schedule).state == "stopped"
    assert "has left" in again(schedule).reason


def test_erased_words_are_repeated_no_more(channel: Channel) -> None:
    schedule = make_schedule(channel)
    Post.objects.filter(id=schedule.post_id).update(erased_at=START)
    look(START)
    assert again(schedule).state == "stopped"
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channels": ()}, "channels"),
        ({"weekdays": ()}, "weekdays"),
        ({"weekdays": (7,)}, "weekdays"),
        ({"every": 0}, "every"),
        ({"every": 13}, "every"),
        ({"most": 0}, "most"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"rhythm": "monthly", "day": 32}, "rhythm"),
        ({"until": date(2026, 5, 5)}, "until"),
        ({"since": date(2030, 1, 1)}, "since"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_what_makes_no_sense_is_refused(channel: Channel, wrong: dict[str, object], field: str) -> None:
    manager = make_staff("social_media_manager")
    with clock.pinned(START):
        post = make_post([channel], by=manager)
        with pytest.raises(Invalid) as refused:
            repeat_post(post, weekly(channel, **wrong), by=manager)
    assert refused.value.field == field
    assert not Schedule.objects.exists()


def test_nobody_without_the_right_repeats_or_stops(channel: Channel) -> None:
    manager, stranger = make_staff("social_media_manager"), make_actor("Stranger")
    schedule = make_schedule(channel, by=manager)
    look(START)
    facts = FactRow.objects.count()
    for act in (stop_schedule, resume_schedule, write_anew):
        with pytest.raises(NotAllowed):
            act(again(schedule), by=stranger)
    with pytest.raises(NotAllowed):
        skip_occurrence(again(schedule), 1, by=stranger)
    with pytest.raises(NotAllowed):
        change_schedule(again(schedule), weekly(channel, at=time(10)), by=stranger)
    with pytest.raises(NotAllowed):
        repeat_post(schedule.post, weekly(channel), by=stranger)
    assert said(schedule) == [(1, "made")]
    assert again(schedule).is_running
    assert FactRow.objects.count() == facts
    assert Schedule.objects.visible_to(stranger).count() == 0
    assert Schedule.objects.visible_to(manager).count() == 1


def keeper_of(channel: Channel) -> Actor:
    """Somebody who may publish there, and nowhere else."""
    person = make_person("Nearby")
    role = Role.objects.create(key="nearby", scope_kind="site", rights=["publish.see", "publish.plan"], rank=1)
    Grant.objects.create(person=person, role=role, scope_kind="channel", scope_id=channel.id)
    return actor_of(person)


def test_who_may_not_publish_on_all_its_channels_does_not_write_its_words(channel: Channel) -> None:
    manager, near = make_staff("social_media_manager"), keeper_of(channel)
    schedule = make_schedule(channel, by=manager, channels=(channel, make_channel(handle="gable")))
    with clock.pinned(START):
        draft = write_anew(schedule, by=manager)
        with pytest.raises(NotAllowed):
            save_draft(draft, Draft(text="Mine."), [VariantDraft(channel)], by=near)
        assert draft.variants.count() == 2
        save_draft(draft, Draft(text="Ours."), [VariantDraft(channel)], by=manager)
        alone = write_anew(make_schedule(channel, by=near), by=near)
        assert save_draft(alone, Draft(text="Mine."), [VariantDraft(channel)], by=near).text == "Mine."
    assert Post.objects.get(id=draft.id).text == "Ours."


def test_a_planned_post_that_goes_further_is_not_reworded_by_who_may_not_go_there(channel: Channel) -> None:
    manager, near = make_staff("social_media_manager"), keeper_of(channel)
    with clock.pinned(START):
        source = make_post([channel], by=manager, minutes=60)
    make_schedule(channel, by=manager, post=source, channels=(channel, make_channel(handle="gable")))
    delivery = source.deliveries.get()
    with clock.pinned(START):
        with pytest.raises(NotAllowed):
            change_delivery(delivery, "Mine.", wall=None, by=near)
        assert change_delivery(delivery, source.text, wall=None, by=near).post.text == source.text
        assert change_delivery(delivery, "Ours.", wall=None, by=manager).post.text == "Ours."


def test_one_planned_time_that_a_person_lets_go_is_no_matter_of_the_schedule(channel: Channel) -> None:
    manager = make_staff("social_media_manager")
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START):
        let_go(Delivery.objects.get(planned_for=FIRST), "Not this week.", by=manager)
    look(FIRST)
    assert said(schedule) == [(1, "made"), (2, "made")]
    assert list(check()) == []
