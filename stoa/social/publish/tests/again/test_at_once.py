"""Two workers at one schedule, on real threads, the real clock and a real database: each k-th time is made once."""

from pathlib import Path

import pytest

from stoa.base import clock
from stoa.base.work import claim
from stoa.base.work.drain import run_one
from stoa.base.work.kinds import all_kinds
from stoa.people.rights import all_rights
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions.occurring import make_occurrence
from stoa.social.publish.models import Delivery, Occurrence, Post
from stoa.social.publish.tests.again.makers import again, make_schedule, said
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.test_two_workers import at_once
from stoa.spaces.actions.roles import ship

pytestmark = pytest.mark.django_db(transaction=True)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


@pytest.fixture(autouse=True)
def in_berlin(network: HostileNetwork, settings: object, tmp_path: Path) -> None:
    """Here nothing stands before the test: its own transactions do."""
    settings.STOA_DATA = tmp_path  # type: ignore[attr-defined]
    assert all_rights()
    ship()


def look_until_done() -> None:
    kind = next(each for each in all_kinds() if each.key == "publish.schedule")
    for _round in range(60):
        for claimed in claim(kind, 3):
            run_one(kind, claimed)


def test_two_workers_make_each_time_once(network: HostileNetwork) -> None:
    channel = make_channel("hostile")
    schedules = [make_schedule(channel, at=clock.now(), weekdays=EVERY_DAY, most=5) for _number in range(3)]
    at_once(look_until_done, look_until_done, look_until_done)
    for schedule in schedules:
        assert said(schedule) == [(number, "made") for number in range(1, 6)]
        assert again(schedule).state == "ended"
    assert Post.objects.exclude(occurrences=None).count() == 15
    assert Delivery.objects.filter(post__occurrences__isnull=False).distinct().count() == 15


def test_the_same_claim_in_two_hands_makes_it_once(network: HostileNetwork) -> None:
    channel = make_channel("hostile")
    schedule = make_schedule(channel, at=clock.now())
    fence = again(schedule).fence
    at_once(*(lambda: make_occurrence(schedule.id, fence) for _worker in range(3)))
    assert said(schedule) == [(1, "made")]
    assert Occurrence.objects.count() == 1
    assert Post.objects.count() == 2
