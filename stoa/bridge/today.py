"""What this room brings to Today: uses that a network kept, and rights that run out while they are used."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow, pressing
from stoa.bridge.days import shown_day
from stoa.bridge.models import Loop, UsageRight, Use
from stoa.bridge.models.use import LIVE, PLANNED, STANDS
from stoa.bridge.policy import may_ask
from stoa.social.listen.policy import may_read_inbox

SOON = timedelta(days=14)
TOLD_WITHIN = timedelta(hours=24)
ROWS = 10


def rows(actor: Actor) -> Iterator[WorkRow]:
    if may_ask(actor):
        yield from still_there(actor)
        yield from running_out(actor)
    if may_read_inbox(actor):
        yield from to_be_told(actor)


def to_be_told(actor: Actor) -> Iterator[WorkRow]:
    """What somebody asked outside is answered here, and they do not know it yet."""
    loops = (
        Loop.objects.visible_to(actor)
        .untold()
        .select_related("topic", "conversation__channel", "conversation__identity")
    )
    for loop in loops.order_by("answered_at")[:ROWS]:
        since = loop.answered_at or loop.opened_at
        yield WorkRow(
            key=f"bridge.loop:{loop.id}", section=Section.WAITING,
            what=_("Tell %(whom)s that “%(title)s” is answered")
            % {"whom": loop.conversation.with_whom or _("who asked"), "title": loop.topic.title},
            why=_("they asked on %(channel)s") % {"channel": loop.conversation.channel.title}, act=_("Tell it back"),
            address=reverse("bridge:loop", kwargs={"conversation_id": loop.conversation_id}), since=since, wing="bridge",
            weight=pressing(2, clock.now() - since, TOLD_WITHIN), allowed=TOLD_WITHIN,
        )  # fmt: skip


def still_there(actor: Actor) -> Iterator[WorkRow]:
    """Words that were taken back and stand on a network all the same."""
    uses = Use.objects.visible_to(actor).filter(state=STANDS).with_all().select_related("right__topic", "right__author")
    for use in uses.order_by("id")[:ROWS]:
        since = use.asked_down_at or use.planned_at
        yield WorkRow(
            key=f"bridge.use:{use.id}", section=Section.CANNOT_WAIT,
            what=_("Words taken back still stand on %(channel)s") % {"channel": use.delivery.channel.title},
            why=use.answer or _("the network gave no clear answer"), act=_("See what can be done"),
            address=f"/desk/stories/{use.right.shown_id}/", since=since, person=use.right.author.name,
            portrait=use.right.author.portrait_address, wing="bridge",
            weight=5 * (clock.now() - since).total_seconds() / 3600, minutes=10,
        )  # fmt: skip


def running_out(actor: Actor) -> Iterator[WorkRow]:
    """Rights in use whose time is nearly over."""
    rights = UsageRight.objects.visible_to(actor).granted().filter(until__lte=clock.now() + SOON)
    used = rights.filter(uses__state__in=(PLANNED, LIVE)).distinct().with_all()
    for right in used.order_by("until")[:ROWS]:
        yield WorkRow(
            key=f"bridge.right:{right.id}", section=Section.DECIDE,
            what=_("The usage right for “%(title)s” runs out") % {"title": right.topic.title},
            why=_("until %(day)s; after that nothing new goes out") % {"day": shown_day(right.until)},
            act=_("See it"), address=f"/desk/stories/{right.shown_id}/", since=right.until - SOON,
            person=right.author.name, portrait=right.author.portrait_address, wing="bridge", weight=1, minutes=5,
        )  # fmt: skip
