"""What waits while sending is stopped: by channel, what is held back already and what is due before long."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, Q
from django.http import HttpRequest

from stoa.base.actors import Actor
from stoa.base.models.site import site
from stoa.base.pages import piece
from stoa.social.networks.models import Channel, Hold
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import ASKS, HELD, PLANNED


@dataclass(frozen=True)
class Waiting:
    """One stopped channel: held back (of them answers), planned, when the next of these is due, and what was missed and asks."""

    channel: Channel
    held: int
    answers: int
    planned: int
    next: datetime | None
    asks: int


def waiting(actor: Actor) -> list[Waiting]:
    """The channels that a hold stops and for which something waits. Three queries, however much it is."""
    stopped = Channel.objects.visible_to(actor)
    if not site().paused_reason:
        stopped = stopped.filter(Exists(Hold.objects.standing().over_each("pk")))
    channels = {each.id: each for each in stopped}
    back, planned = Q(state=HELD, held_by="switch"), Q(state=PLANNED)
    rows = Delivery.objects.visible_to(actor).filter(channel__in=channels).order_by().values("channel")
    counted = rows.annotate(
        held=Count("id", filter=back), answers=Count("id", filter=back & Q(post=None)), planned=Count("id", filter=planned),
        next=Min("planned_for", filter=planned), asks=Count("id", filter=Q(state=ASKS, question__in=("missed", "late"))),
    )  # fmt: skip
    found = [
        Waiting(channels[each["channel"]], each["held"], each["answers"], each["planned"], each["next"], each["asks"])
        for each in counted
    ]
    return sorted((each for each in found if each.held or each.planned or each.asks), key=lambda each: -each.held)


def draw_waiting(request: HttpRequest, actor: Actor) -> str:
    found = waiting(actor)
    return piece(request, "publish/panel_waiting.html", {"waiting": found}) if found else ""
