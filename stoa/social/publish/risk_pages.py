"""What the pages say of risks: a sentence, what to do, and the deliveries with their times."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import cursors
from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Delivery
from stoa.social.publish.risks import ENDS, FULL, KEPT, LOST, Risk, judged, risks

SHOWN, PAGE, LISTED = 5, 30, 1000
KEYS = {LOST: "lost", ENDS: "ends", KEPT: "held", FULL: "full"}


@dataclass(frozen=True)
class AtRisk:
    """One reason on one channel: how many, why, what to do, and some of them by their time. `more`: the page of them all."""

    why: str
    sentence: str
    mend: str
    first: datetime
    rows: list[Delivery]
    more: str


def deliveries_at_risk(risk: Risk) -> str:
    return ngettext("%(num)s delivery at risk", "%(num)s deliveries at risk", risk.count) % {"num": risk.count}


def because(risk: Risk, channel: Channel) -> str:
    """Why, as the end of a sentence."""
    if risk.why == LOST:
        return _("the channel must be connected again")
    if risk.why == ENDS:
        return _("the sign-in ends on %(when)s") % {"when": moment(channel.ends_at)}
    if risk.why == KEPT:
        return _("sending is stopped when they are due")
    return _("the network does not let so many out in time")


def sentence(risk: Risk, channel: Channel) -> str:
    return _("%(posts)s: %(because)s") % {"posts": deliveries_at_risk(risk), "because": because(risk, channel)}


def mend(why: int) -> str:
    return {
        LOST: _("Connect the channel again: what waits is looked at then, and what is late asks you first."),
        ENDS: _("Sign in again before then: connecting the same account anew is enough."),
        KEPT: _("Let sending go on before they are due, or plan them for later. What is missed asks you first."),
        FULL: _("They go out as soon as there is room. Spread them over more time if that is too late."),
    }[why]


def moment(instant: datetime | None) -> str:
    """A day and time on the reader's clock, in words."""
    return date_format(instant.astimezone(timezone.get_current_timezone()), "l j F Y, H:i") if instant else ""


def of_channel(channel: Channel, actor: Actor) -> list[AtRisk]:
    """The channel's risks, the worst first, each with its first deliveries."""
    return [
        AtRisk(
            KEYS[risk.why], sentence(risk, channel), mend(risk.why), risk.first,
            list(rows_of(risk, actor).order_by("planned_for", "id")[:SHOWN]),
            f"{reverse('publish:at_risk', args=[channel.id])}?why={KEYS[risk.why]}" if risk.count > SHOWN else "",
        )
        for risk in risks(actor, [channel])
    ]  # fmt: skip


def rows_of(risk: Risk, actor: Actor) -> QuerySet[Delivery]:
    """Those at risk for this reason. Of those that a budget lets out late the first thousand are listed."""
    rows = judged(Delivery.objects.visible_to(actor).filter(channel=risk.channel)).select_related("post")
    alike = rows.filter(why=risk.why)
    return alike if not risk.late else rows.filter(id__in=risk.late[:LISTED]) | alike


@dataclass(frozen=True)
class RiskPage:
    """All deliveries of a channel that are at risk for one reason, by their time."""

    channel: Channel
    tabs: list[tuple[str, str, bool]]
    risk: AtRisk | None
    next: str

    @classmethod
    def of(cls, channel: Channel, actor: Actor, why: str, after: str) -> "RiskPage":
        found = risks(actor, [channel])
        risk = next((each for each in found if KEYS[each.why] == why), found[0] if found else None)
        tabs = [(sentence(each, channel), f"?why={KEYS[each.why]}", each is risk) for each in found]
        if risk is None:
            return cls(channel, tabs, None, "")
        page = cursors.page(rows_of(risk, actor), "planned_for", after, size=PAGE, ascending=True)
        told = AtRisk(KEYS[risk.why], sentence(risk, channel), mend(risk.why), risk.first, page.rows, "")
        return cls(channel, tabs, told, page.next)


def draw_of_channel(request: HttpRequest, channel: Channel) -> str:
    found = of_channel(channel, request.actor)  # type: ignore[attr-defined]
    return piece(request, "publish/panel_risks.html", {"risks": found}) if found else ""


def draw_of_channels(request: HttpRequest, actor: Actor) -> str:
    """One line a channel: the worst that it has."""
    channels = {each.id: each for each in Channel.objects.visible_to(actor)}
    worst: dict[int, Risk] = {}
    for risk in risks(actor):
        worst.setdefault(risk.channel, risk)
    rows = [
        (channels[number], sentence(risk, channels[number])) for number, risk in worst.items() if number in channels
    ]
    return piece(request, "publish/panel_channels_at_risk.html", {"rows": rows}) if rows else ""
