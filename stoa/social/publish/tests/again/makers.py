"""Makers of schedules for tests, and a worker that looks at them."""

from datetime import datetime, time, timedelta

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.work import claim
from stoa.base.work.drain import run_one
from stoa.base.work.kinds import all_kinds
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import repeat_post
from stoa.social.publish.models import Occurrence, Post, Schedule
from stoa.social.publish.repeating import SchedulePlan
from stoa.social.publish.tests.makers import START, make_post
from stoa.spaces.tests.makers import make_staff

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def weekly(channel: Channel, **more: object) -> SchedulePlan:
    """Every Monday at 09:00."""
    values = {"channels": (channel,), "rhythm": "weekly", "at": time(9), "weekdays": (0,)} | more
    return SchedulePlan(**values)  # type: ignore[arg-type]


def make_schedule(
    channel: Channel, *, by: Actor | None = None, at: datetime = START, post: Post | None = None, **more: object
) -> Schedule:
    """START is Monday, 4 May 2026, 11:00 in Berlin: the first time is 11 May, 07:00 UTC."""
    with clock.pinned(at):
        keeper = by or make_staff("social_media_manager")
        source = post or make_post([channel], by=keeper)
        return repeat_post(source, weekly(channel, **more), by=keeper)


def look(at: datetime) -> None:
    """A worker looks at every schedule that is due then, until none is."""
    kind = next(each for each in all_kinds() if each.key == "publish.schedule")
    with clock.pinned(at):
        while claimed := claim(kind, 10):
            for each in claimed:
                run_one(kind, each)


def again(schedule: Schedule) -> Schedule:
    return Schedule.objects.select_related("post").get(id=schedule.id)


def said(schedule: Schedule) -> list[tuple[int, str]]:
    rows = Occurrence.objects.filter(schedule=schedule).order_by("number", "id")
    return list(rows.values_list("number", "state"))


def planned_at(schedule: Schedule) -> list[datetime]:
    """The instants of its posts that are planned."""
    posts = Post.objects.filter(occurrences__schedule=schedule).distinct().order_by("at")
    return [post.at for post in posts if post.at]
