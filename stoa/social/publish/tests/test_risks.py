"""What is planned and may not go out in time: counted exactly, under the worst reason, with its times."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.mail import may_be_sent
from stoa.base.models import FactRow
from stoa.base.models.letter import Letter
from stoa.base.work.drain import drain
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of
from stoa.social.networks.actions import place_hold
from stoa.social.networks.actions.credentials import seal_credentials
from stoa.social.networks.actions.endings import warn_of_endings
from stoa.social.networks.limits import Rate, Source
from stoa.social.networks.models import Budget, Channel
from stoa.social.networks.protocol import Granted
from stoa.social.publish import today
from stoa.social.publish.models import Delivery
from stoa.social.publish.risk_pages import of_channel
from stoa.social.publish.risks import ENDS, FULL, KEPT, LOST, goes_out, risks
from stoa.social.publish.tests.makers import START, make_delivery
from stoa.spaces.tests.makers import make_staff

DAY = timedelta(days=1)
RATE = Rate("posts", 2, 600, Source("", START.date()))


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


def told(actor: Actor) -> list[tuple[int, int]]:
    return [(each.why, each.count) for each in risks(actor)]


def many(channel: Channel, count: int, first: datetime, apart: timedelta = timedelta(minutes=1)) -> None:
    """So many planned deliveries, written at once."""
    made = []
    for number in range(count):
        at, key = first + number * apart, ids.new()
        made.append(
            Delivery(
                id=key,
                key=ids.shown(key),
                channel=channel,
                content={"text": f"n{number}"},
                request_hash="",
                planned_for=at,
                late_after=at + timedelta(minutes=15),
                due_at=at,
            )
        )
    Delivery.objects.bulk_create(made, batch_size=500)


def test_what_is_due_after_the_sign_in_ends_is_at_risk_and_what_is_due_before_is_not(
    channel: Channel, staff: Actor
) -> None:
    Channel.objects.filter(id=channel.id).update(ends_at=START + 4 * DAY)
    make_delivery(channel, by=staff, minutes=3 * 1440)
    for days in (4, 5, 6):
        make_delivery(channel, by=staff, minutes=days * 1440)
    channel.refresh_from_db()
    assert told(staff) == [(ENDS, 3)]
    shown = of_channel(channel, staff)
    assert [each.sentence for each in shown] == ["3 deliveries at risk: the sign-in ends on Friday 8 May 2026, 09:00"]
    assert [each.planned_for for each in shown[0].rows] == [START + days * DAY for days in (4, 5, 6)]
    assert shown[0].mend == "Sign in again before then: connecting the same account anew is enough."


def test_a_sign_in_that_renews_itself_is_no_risk(channel: Channel, staff: Actor) -> None:
    Channel.objects.filter(id=channel.id).update(fresh_until=START + timedelta(hours=1))
    make_delivery(channel, by=staff, minutes=1440)
    assert told(staff) == []


def test_each_counts_once_under_the_worst_that_stands_against_it(channel: Channel, staff: Actor) -> None:
    Channel.objects.filter(id=channel.id).update(ends_at=START + 2 * DAY)
    for days in (1, 3):
        make_delivery(channel, by=staff, minutes=days * 1440)
    place_hold(channel, reason="A crisis", by=staff, until=START + DAY + timedelta(hours=1))
    assert told(staff) == [(ENDS, 1), (KEPT, 1)]
    Channel.objects.filter(id=channel.id).update(state="reconnect")
    assert told(staff) == [(LOST, 2)]


def test_a_hold_that_ends_within_the_grace_puts_nothing_at_risk(channel: Channel, staff: Actor) -> None:
    make_delivery(channel, by=staff, minutes=60)
    hold = place_hold(None, reason="Lunch", by=staff, until=START + timedelta(minutes=75))
    assert told(staff) == []
    hold.until = START + timedelta(minutes=76)
    hold.save()
    assert told(staff) == [(KEPT, 1)]


def test_a_network_that_asks_for_patience_makes_late_what_is_due_before(channel: Channel, staff: Actor) -> None:
    for minutes in (10, 30, 90):
        make_delivery(channel, by=staff, minutes=minutes)
    Channel.objects.filter(id=channel.id).update(quiet_until=START + timedelta(minutes=60))
    assert told(staff) == [(FULL, 2)]


def test_what_a_network_says_is_used_up_makes_late_what_is_due_before(channel: Channel, staff: Actor) -> None:
    """Its own word in a header counts like its asking for patience; what is left of uploads, and what resets in time, keeps nothing."""
    for minutes in (10, 30, 90):
        make_delivery(channel, by=staff, minutes=minutes)
    until = START + timedelta(minutes=60)
    Budget.objects.create(channel=channel, purpose="prepare", left=0, at_most=9, resets_at=until, learned_at=START)
    Budget.objects.create(
        channel=channel, purpose="send", bucket="a", left=1, at_most=9, resets_at=until, learned_at=START
    )
    assert told(staff) == []
    Budget.objects.create(
        channel=channel, purpose="send", bucket="b", left=0, at_most=9, resets_at=until, learned_at=START
    )
    assert told(staff) == [(FULL, 2)]
    Budget.objects.filter(bucket="b").update(resets_at=START + timedelta(minutes=20))
    assert told(staff) == []


def test_a_window_slides_over_what_was_sent_and_what_is_planned() -> None:
    minute = timedelta(minutes=1)
    out = goes_out([START, START, START + minute, START + 30 * minute], [START - minute], [RATE], START)
    assert out == [START, START + 9 * minute, START + 10 * minute, START + 30 * minute]


def test_what_a_budget_lets_out_late_is_counted(channel: Channel, staff: Actor) -> None:
    """300 in five minutes: of 1,000 at one moment the first 900 go out within ten minutes, the last 100 at a quarter past."""
    many(channel, 1000, START + DAY, timedelta(0))
    assert told(staff) == []
    many(channel, 201, START + DAY, timedelta(0))
    assert told(staff) == [(FULL, 1)]


def test_ten_thousand_are_counted_exactly_and_ask_no_more_queries(channel: Channel, staff: Actor) -> None:
    Channel.objects.filter(id=channel.id).update(ends_at=START + timedelta(minutes=7_001))
    make_delivery(channel, by=staff, minutes=1)
    with CaptureQueriesContext(connection) as before:
        risks(staff)
    many(channel, 10_000, START + timedelta(minutes=2))
    with CaptureQueriesContext(connection) as after:
        found = risks(staff)
    assert [(each.why, each.count) for each in found] == [(ENDS, 3_001)]
    assert found[0].first == START + timedelta(minutes=7_001)
    assert (len(before), len(after)) == (4, 7)  # whatever is planned; the last three where a window may fill


def test_the_pages_list_them_with_their_times(channel: Channel, staff: Actor, client: Client) -> None:
    person = Person.objects.get(id=staff.person_id)
    client.force_login(person.account)
    many(channel, 40, START + timedelta(minutes=5))
    Channel.objects.filter(id=channel.id).update(state="reconnect", reason="Over.", since=START)
    page = client.get(f"/desk/channels/{channel.shown_id}/").content.decode()
    assert "40 deliveries at risk: the channel must be connected again" in page
    assert page.count("/desk/deliveries/") == 5
    assert "40 deliveries at risk" in client.get("/desk/channels/").content.decode()
    first = client.get(f"/desk/channels/{channel.shown_id}/at-risk/?why=lost").content.decode()
    assert first.count('class="row-title"') == 30
    again = first.split("&amp;after=")[1].split('"')[0]
    second = client.get(f"/desk/channels/{channel.shown_id}/at-risk/?why=lost&after={again}").content.decode()
    assert second.count('class="row-title"') == 10
    assert "Porch must be connected again: 40 deliveries at risk" in [row.what for row in today.rows(staff)]


def test_today_tells_of_what_is_at_risk_within_a_week(channel: Channel, staff: Actor) -> None:
    Channel.objects.filter(id=channel.id).update(ends_at=START + 8 * DAY)
    make_delivery(channel, by=staff, minutes=9 * 1440)
    assert [row for row in today.rows(staff) if row.key.startswith("publish.risk")] == []
    with clock.pinned(START + 3 * DAY):
        rows = [row for row in today.rows(staff) if row.key.startswith("publish.risk")]
    assert [row.what for row in rows] == ["Porch: 1 delivery at risk, the sign-in ends on Tuesday 12 May 2026, 09:00"]


def test_of_a_channel_that_one_may_not_see_nothing_is_counted(channel: Channel, staff: Actor) -> None:
    make_delivery(channel, by=staff, minutes=60)
    Channel.objects.filter(id=channel.id).update(state="reconnect")
    assert risks(make_staff("moderator")) == []


def test_who_can_sign_in_again_is_told_three_days_and_one_day_before_each_once(channel: Channel, staff: Actor) -> None:
    ends = START + 5 * DAY
    Channel.objects.filter(id=channel.id).update(ends_at=ends)
    for hours in (0, 47, 49, 60, 97, 110):
        with clock.pinned(START + timedelta(hours=hours)):
            warn_of_endings()
            warn_of_endings()
    rows = FactRow.objects.filter(name="networks.sign_in_ends").order_by("id")
    assert [each.content["days"] for each in rows] == [3, 1]
    with clock.pinned(START + timedelta(hours=110)):
        drain()
    notice = Notice.objects.get(kind="publish.ending", person_id=staff.person_id)
    assert (notice.thing_id, notice.count) == (channel.id, 2)


def test_who_has_signed_in_again_is_told_nothing_more(channel: Channel, staff: Actor) -> None:
    Channel.objects.filter(id=channel.id).update(ends_at=START + DAY)
    warn_of_endings()
    channel.refresh_from_db()
    seal_credentials(channel, Granted({"token": "new"}, ends_at=START + 60 * DAY))
    channel.save()
    drain()
    assert not Notice.objects.filter(kind="publish.ending").exists()
    letter = Letter(kind="publish.ending", person_id=staff.person_id, thing_key="networks.channel", thing_id=channel.id)
    assert not may_be_sent(actor_of(Person.objects.get(id=staff.person_id)), letter)
