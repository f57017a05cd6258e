"""A plan is a wall time: published at the time shown, whatever the clocks do. Instants were worked out by hand from the zones' rules."""

from datetime import UTC, datetime, timedelta

import pytest

from stoa.base import clock
from stoa.base.errors import Invalid
from stoa.base.tests.clock_changes import CASES
from stoa.base.walltime import at_instant, resolve, tzdata_version
from stoa.base.work import Kind, all_kinds, claim
from stoa.base.work.drain import drain
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import Draft, VariantDraft, plan_post, resolve_zones, resuming
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.telling import told_of_wall
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery
from stoa.social.publish.times import GRACE
from stoa.spaces.tests.makers import make_staff

EARLY = datetime(2011, 1, 1, tzinfo=UTC)  # all cases are still to come
WALLS = pytest.mark.parametrize(("zone", "wall", "instant", "told"), CASES)


@WALLS
def test_a_wall_time_means_one_instant(zone: str, wall: str, instant: str, told: str) -> None:
    moment = resolve(datetime.fromisoformat(wall), zone)
    assert moment.at == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert (moment.wall.isoformat(timespec="minutes"), moment.tzdata) == (wall, tzdata_version())
    assert (moment.is_skipped, moment.comes_twice) == (told.startswith("skipped"), told == "twice")


@WALLS
def test_what_happens_to_it_is_told_before(zone: str, wall: str, instant: str, told: str) -> None:
    asked = wall[11:]
    day, _blank, instead = told.removeprefix("skipped ").rpartition(" ")
    at = f"{instead} on {day}" if day else instead
    at = at.replace("Mar", "March").replace("Dec", "December")
    expected = f"{asked} does not exist that day: it goes out at {at}." if told.startswith("skipped") else ""
    expected = f"{asked} comes twice that day: it goes out the first time." if told == "twice" else expected
    assert told_of_wall(datetime.fromisoformat(wall), zone) == expected


@WALLS
def test_it_goes_out_then_even_if_zone_data_changed_since_it_was_planned(
    zone: str, wall: str, instant: str, told: str, network: HostileNetwork, channel: Channel
) -> None:
    """The zone's clocks were thought to be an hour ahead of what they came to be."""
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    wrong = at - timedelta(hours=1)
    with clock.pinned(EARLY):
        delivery = planned(channel, wall, zone)
        assert (delivery.planned_for, delivery.due_at, delivery.late_after) == (at, at, at + GRACE)
        Post.objects.update(tzdata="2009.1", at=wrong)
        Delivery.objects.update(planned_for=wrong, due_at=wrong, late_after=wrong + GRACE)
        resolve_zones()
    post, moved = Post.objects.get(), fresh(delivery)
    assert (post.at, post.tzdata) == (at, tzdata_version())
    assert (moved.planned_for, moved.due_at, moved.late_after) == (at, at, at + GRACE)
    with clock.pinned(at - timedelta(seconds=1)):
        assert claim(work_of("publish.delivery")) == []
    with clock.pinned(at):
        drain()
    assert (fresh(delivery).published_at, network.count(delivery.marker)) == (at, 1)


def work_of(key: str) -> Kind:
    return next(each for each in all_kinds() if each.key == key)


def planned(channel: Channel, wall: str, zone: str) -> Delivery:
    drafts = [VariantDraft(channel)]
    asked, draft = datetime.fromisoformat(wall), Draft(text="Zips can be saved.", target="/join/")
    post = plan_post(by=make_staff("social_media_manager"), variants=drafts, draft=draft, wall=asked, zone=zone)
    return Delivery.objects.get(post=post)


def test_now_is_shown_as_the_clock_there_shows_it() -> None:
    moment = at_instant(datetime(2026, 7, 1, 10, 0, 31, tzinfo=UTC), "Europe/Berlin")
    assert (moment.wall, moment.at) == (datetime(2026, 7, 1, 12, 0), datetime(2026, 7, 1, 10, 0, 31, tzinfo=UTC))  # noqa: DTZ001


@pytest.mark.parametrize("zone", ["", "Mars/Phobos", "../../etc/passwd", "Europe/Berlin\n", "/etc/localtime", "Europe"])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(Invalid):
        resolve(datetime(2026, 1, 1), zone)  # noqa: DTZ001


def test_new_zone_data_move_what_is_planned(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Berlin gives up summer time after a post was planned for a summer evening."""
    delivery = make_delivery(channel, minutes=600)
    Post.objects.update(zone="Europe/Berlin", wall="2026-05-04T21:00", tzdata="2020.1")
    resolve_zones()
    post = Post.objects.get()
    assert (post.at, post.tzdata) == (datetime(2026, 5, 4, 19, 0, tzinfo=UTC), tzdata_version())
    assert (fresh(delivery).due_at, fresh(delivery).planned_for) == (post.at, post.at)
    assert post.at != START
    monkeypatch.setattr(resuming, "tzdata_version", lambda: post.tzdata)
    assert resolve_zones() is None
