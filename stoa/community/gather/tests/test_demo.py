"""The demo's events and goal."""

from datetime import UTC, datetime

import pytest

from stoa.base import clock
from stoa.base.actors import VISITOR
from stoa.base.demo import Story
from stoa.base.models.site import Site
from stoa.community.gather import demo
from stoa.community.gather.check import check
from stoa.community.gather.listing import next_events
from stoa.community.gather.models import Event
from stoa.community.gather.progress import goal_progress
from stoa.people import demo as people
from stoa.spaces import demo as spaces

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_the_guild_has_its_events_and_its_goal() -> None:
    Site.objects.update_or_create(id=1, defaults={"zone": "Europe/London"})
    story = Story(NOW, 1871)
    for room in (people, spaces, demo):
        room.fill(story)
    with clock.pinned(NOW):
        following = next_events(VISITOR, 1)[0].event
        found = goal_progress()
        assert (Event.objects.past().count(), Event.objects.coming().count()) == (40, 6)
    assert (following.title, following.going_count, following.seats) == ("Repair evening", 14, 20)
    assert found is not None
    assert (found.so_far, found.number, found.this_week) == (3184, 5000, 37)
    assert list(check()) == []
