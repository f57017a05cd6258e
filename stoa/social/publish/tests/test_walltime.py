"""A plan is a wall time: published at the time shown, whatever the clocks do. Instants were worked out by hand from the zones' rules."""

from datetime import UTC, datetime

import pytest

from stoa.base.errors import Invalid
from stoa.base.walltime import at_instant, resolve, tzdata_version
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import resolve_zones, resuming
from stoa.social.publish.models import Post
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery

CASES = [
    ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59"),
    ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00"),  # gap: 03:00 is the next valid minute
    ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),  # twice: the first
    ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00"),
    ("Europe/London", "2026-03-29T01:30", "2026-03-29T01:00"),
    ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30"),
    ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00"),
    ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
    ("America/St_Johns", "2026-03-08T02:15", "2026-03-08T05:30"),
    ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),  # a gap of 30 minutes
    ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),  # twice within 30 minutes
    ("Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:00"),
    ("Africa/Cairo", "2026-04-24T00:30", "2026-04-23T22:00"),  # a gap at midnight
    ("America/Sao_Paulo", "2026-11-01T00:30", "2026-11-01T03:30"),  # summer time abolished
    ("Europe/Moscow", "2026-03-29T02:30", "2026-03-28T23:30"),
    ("Asia/Kathmandu", "2026-05-01T12:00", "2026-05-01T06:15"),
    ("Pacific/Apia", "2011-12-30T10:00", "2011-12-30T10:00"),  # a whole day left out
    ("America/Santiago", "2026-09-06T00:30", "2026-09-06T04:00"),
    ("Atlantic/Azores", "2026-03-29T00:30", "2026-03-29T01:00"),
    ("Asia/Beirut", "2026-03-29T00:15", "2026-03-28T22:00"),
    ("America/Havana", "2026-11-01T00:30", "2026-11-01T04:30"),
    ("Pacific/Chatham", "2026-09-27T02:50", "2026-09-26T14:00"),
    ("UTC", "2026-03-29T02:30", "2026-03-29T02:30"),
]


@pytest.mark.parametrize(("zone", "wall", "instant"), CASES)
def test_a_wall_time_means_one_instant(zone: str, wall: str, instant: str) -> None:
    moment = resolve(datetime.fromisoformat(wall), zone)
    assert moment.at == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert (moment.wall.isoformat(timespec="minutes"), moment.tzdata) == (wall, tzdata_version())


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
