"""What this room brings to the calendar: posts, planned and out, and the times of repeated ones that are not planned yet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, takewhile

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import AgendaItem
from stoa.social.publish import policy
from stoa.social.publish.models import Delivery, Occurrence, Post, Schedule
from stoa.social.publish.together import together

MOMENT = timedelta(microseconds=1)
MOST, MOST_SCHEDULES, MOST_OF_ONE = 500, 200, 40


def items(actor: Actor, start: datetime, end: datetime) -> Iterator[AgendaItem]:
    """Posts in [start, end): each with the state of every channel, never one word over three."""
    if not policy.may_see_posts(actor):
        return
    shown = Prefetch("deliveries", Delivery.objects.visible_to(actor).select_related("channel"))
    posts = Post.objects.visible_to(actor).filter(state="planned", at__gte=start, at__lt=end).prefetch_related(shown)
    for post in posts.order_by("at", "id")[:MOST]:
        states = dict.fromkeys(each.state[0] for each in together(post.deliveries.all()))
        yield AgendaItem(
            key=f"publish.post:{post.shown_id}", at=post.at or start, until=None, what=post.title,
            address=reverse("publish:post", args=[post.id]), wing="social", state=", ".join(states),
        )  # fmt: skip
    yield from repeated(actor, start, end)


def repeated(actor: Actor, start: datetime, end: datetime) -> Iterator[AgendaItem]:
    """Times of schedules that nobody has looked at yet; from then on they are posts."""
    running = Schedule.objects.visible_to(actor).filter(state="running").select_related("post").order_by("id")
    rows = list(running[:MOST_SCHEDULES])
    left_out = Occurrence.objects.visible_to(actor).filter(schedule__in=rows, state="skipped")
    skipped = set(left_out.filter(at__gte=start, at__lt=end).values_list("schedule", "number"))
    for row in rows:
        begin = max(start, clock.now()) - MOMENT
        coming = takewhile(lambda each: each[1].at < end, row.times(row.next_number, after=begin))
        for number, moment in islice(coming, MOST_OF_ONE):
            if (row.id, number) not in skipped:
                yield AgendaItem(
                    key=f"publish.schedule:{row.shown_id}:{number}", at=moment.at, until=None, what=row.post.title,
                    address=row.get_absolute_url(), wing="social", state=_("Repeated"),
                )  # fmt: skip
