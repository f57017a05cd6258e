"""What this room brings to Today: deliveries that ask, were refused, were stopped or are unknown; channels at risk; what goes out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow
from stoa.social.publish import policy
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.models.delivery import ASKS, HANDED, PUBLISHED, REFUSED, STOPPED, UNKNOWN, WITHDRAWN
from stoa.social.publish.reading import is_in_hand
from stoa.social.publish.risk_rows import channels_at_risk
from stoa.social.publish.schedule_rows import stopped_schedules

MOST = 50
DAY = timedelta(days=1)


def rows(actor: Actor) -> Iterator[WorkRow]:
    """In a fixed number of queries."""
    if not policy.may_see_posts(actor):
        return
    yield from channels_at_risk(actor)
    yield from troubled(actor)
    yield from stopped_schedules(actor)
    yield from going_out(actor)


def troubled(actor: Actor) -> Iterator[WorkRow]:
    """What a person must decide or mend."""
    looked = Count("attempts", filter=Q(attempts__kind="look"))
    wrong = Q(state__in=(ASKS, HANDED, REFUSED, STOPPED, UNKNOWN)) | Q(
        state=PUBLISHED, takedown__in=("stands", "unclear")
    )
    below = Q(channel__is_by_hand=True, follows__takedown__in=("stands", "unclear"))  # comes down with what it follows
    found = Delivery.objects.visible_to(actor).filter(wrong).exclude(below).select_related("channel")
    found = found.annotate(looked=looked)
    for delivery in found.order_by("since")[:MOST]:
        count: int = getattr(delivery, "looked", 0)
        yield WorkRow(
            key=f"publish.delivery:{delivery.shown_id}", section=Section.CANNOT_WAIT, what=sentence(delivery, count),
            why=delivery.takedown_answer or delivery.reason, act=act(delivery), address=address(delivery),
            since=delivery.since, wing="social", weight=4.0 if delivery.state == ASKS else 3.0, icon="send",
        )  # fmt: skip


def act(delivery: Delivery) -> str:
    if is_in_hand(delivery):
        return _("Post it")
    return _("Decide") if delivery.state == ASKS else _("Look")


def address(delivery: Delivery) -> str:
    return reverse("publish:hand" if is_in_hand(delivery) else "publish:delivery", args=[delivery.id])


def sentence(delivery: Delivery, looked: int) -> str:
    """One line: "Post to Porch 09:02: outcome unknown, looked up twice: decide"."""
    words = {"channel": delivery.channel.title, "time": hour(delivery.planned_for), "looked": times(looked)}
    if delivery.state == ASKS and delivery.question == "ambiguous":
        return _("Post to %(channel)s %(time)s: outcome unknown, looked up %(looked)s: decide") % words
    if delivery.state == HANDED:
        return _("Post to %(channel)s %(time)s: post it by hand") % words
    if delivery.state == ASKS and delivery.question == "forgotten":
        return _("Post to %(channel)s %(time)s: handed over, and nobody said that it was posted") % words
    if delivery.state == ASKS and delivery.question == "partial":
        return _("Post to %(channel)s %(time)s: only its beginning is there: decide") % words
    if delivery.state == ASKS:
        return _("Post to %(channel)s %(time)s: its time has passed: decide") % words
    if delivery.state == UNKNOWN:
        return _("Post to %(channel)s %(time)s: outcome unknown, looked up %(looked)s so far") % words
    if delivery.state == REFUSED:
        return _("Post to %(channel)s %(time)s: refused by the network") % words
    if delivery.state == STOPPED:
        return _("Post to %(channel)s %(time)s: stopped until the channel is connected again") % words
    return _("Post to %(channel)s %(time)s: should be down and is not") % words


def hour(instant: datetime) -> str:
    """The time as the reader's clock shows it."""
    return f"{instant.astimezone(timezone.get_current_timezone()):%H:%M}"


def times(count: int) -> str:
    return {1: _("once"), 2: _("twice")}.get(count) or ngettext("%(num)s time", "%(num)s times", count) % {"num": count}


def going_out(actor: Actor) -> Iterator[WorkRow]:
    """Today's posts, those that are out and those to come, by their moment, but for what was let go or taken down; the day is the
    reader's."""
    now = clock.now()
    begin = now.astimezone(timezone.get_current_timezone()).replace(hour=0, minute=0, second=0, microsecond=0)
    stands = (
        Delivery.objects.visible_to(actor).filter(post=OuterRef("pk")).exclude(state=WITHDRAWN).exclude(takedown="gone")
    )
    due = Post.objects.visible_to(actor).filter(Exists(stands), state="planned", at__gte=begin, at__lt=begin + DAY)
    for post in due.prefetch_related("variants__channel").order_by("at")[:MOST]:
        names = ", ".join(each.channel.title for each in post.variants.all())
        yield WorkRow(
            key=f"publish.post:{post.shown_id}", section=Section.GOING_OUT, what=post.title, why=names, act=_("Look"),
            address=reverse("publish:post", args=[post.id]), since=post.at or now, wing="social", minutes=0,
        )  # fmt: skip
