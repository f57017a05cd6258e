"""Makers of posts and deliveries for tests: this room's, and every higher one's; and a clock that runs until nothing is due."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db.models import Min

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.work.drain import drain
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import Draft, VariantDraft, plan_post
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.parting import joined
from stoa.spaces.tests.makers import make_staff

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def make_post(
    channels: Sequence[Channel], text: str = "Zips can be saved.", *, by: Actor | None = None, minutes: int = 0
) -> Post:
    """A planned post with a link of its own for each channel, `minutes` from now (0 = now)."""
    wall = (clock.now() + timedelta(minutes=minutes)).replace(tzinfo=None) if minutes else None
    drafts = [VariantDraft(channel) for channel in channels]
    author = by or make_staff("social_media_manager")
    return plan_post(by=author, variants=drafts, draft=Draft(text=text, target="/join/"), wall=wall, zone="UTC")


def make_delivery(
    channel: Channel, text: str = "Zips can be saved.", *, by: Actor | None = None, minutes: int = 0
) -> Delivery:
    return Delivery.objects.get(post=make_post([channel], text, by=by, minutes=minutes))


def make_thread(
    channel: Channel, texts: Sequence[str] = ("One.", "Two.", "Three."), *, comment: str = "", by: Actor | None = None,
    minutes: int = 0,
) -> list[Delivery]:  # fmt: skip
    """The deliveries of a post of several parts, in their order, the first comment last."""
    wall = (clock.now() + timedelta(minutes=minutes)).replace(tzinfo=None) if minutes else None
    author, draft = by or make_staff("social_media_manager"), Draft(joined(list(texts)), "/join/", comment=comment)
    post = plan_post(by=author, variants=[VariantDraft(channel)], draft=draft, wall=wall, zone="UTC")
    return sorted(post.deliveries.select_related("channel"), key=lambda each: (each.role == "comment", each.part))


class Killed(BaseException):
    """The worker ends here, as if by kill -9: what is committed stays, the rest never was."""


def expire_leases() -> None:
    """Whoever holds a lease has been away for longer than it lasts."""
    past = clock.db_now() - timedelta(seconds=1)
    Delivery.objects.filter(lease_until__isnull=False).update(lease_until=past)


def run(since: datetime = START, hours: float = 12, steps: int = 2000) -> datetime:
    """Drains, and moves the clock to the next due delivery, until nothing is due within that time. Gives the last instant."""
    now, end = since, since + timedelta(hours=hours)
    for _step in range(steps):
        with clock.pinned(now):
            try:
                drain()
            except Killed:
                now += timedelta(seconds=1)
                expire_leases()
                continue
        expire_leases()
        soonest = Delivery.objects.filter(due_at__isnull=False).aggregate(soonest=Min("due_at"))["soonest"]
        if soonest is None or soonest > end:
            return now
        now = max(now, soonest)
    raise AssertionError("it never ends")


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_related("channel").get(id=delivery.id)
