"""Channels on Today: lost ones, and those on which something planned soon is at risk."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow
from stoa.social.networks.models import Channel
from stoa.social.publish.risk_pages import because, deliveries_at_risk, mend
from stoa.social.publish.risks import ENDS, FULL, KEPT, LOST, Risk, risks

SOON = timedelta(days=7)
WEIGHTS = {ENDS: 4.5, KEPT: 3.5, FULL: 2.5}
MOST = 200


def channels_at_risk(actor: Actor) -> Iterator[WorkRow]:
    """The worst of each channel; what is due later than in a week can wait, and stands on the channel's page."""
    channels = list(Channel.objects.visible_to(actor).order_by("since")[:MOST])
    worst: dict[int, Risk] = {}
    for each in risks(actor):
        worst.setdefault(each.channel, each)
    for channel in channels:
        risk = worst.get(channel.id)
        if channel.state == "reconnect":
            yield lost_row(channel, risk.count if risk and risk.why == LOST else 0)
        elif risk and risk.why != LOST and risk.first <= clock.now() + SOON:
            yield risk_row(channel, risk)


def lost_row(channel: Channel, count: int) -> WorkRow:
    at_risk = ngettext("%(num)s delivery at risk", "%(num)s deliveries at risk", count) % {"num": count}
    return WorkRow(
        key=f"networks.channel:{channel.shown_id}", section=Section.CANNOT_WAIT,
        what=_("%(channel)s must be connected again: %(at_risk)s") % {"channel": channel.title, "at_risk": at_risk},
        why=channel.reason, act=_("Connect again"), address=reverse("networks:channel", args=[channel.id]),
        since=channel.since, wing="social", weight=5.0, icon="radio",
    )  # fmt: skip


def risk_row(channel: Channel, risk: Risk) -> WorkRow:
    words = {"channel": channel.title, "at_risk": deliveries_at_risk(risk), "because": because(risk, channel)}
    return WorkRow(
        key=f"publish.risk:{channel.shown_id}", section=Section.CANNOT_WAIT,
        what=_("%(channel)s: %(at_risk)s, %(because)s") % words, why=mend(risk.why),
        act=_("Sign in again") if risk.why == ENDS else _("Look"),
        address=reverse("networks:channel", args=[channel.id]) + "#risks", since=risk.first, wing="social",
        weight=WEIGHTS[risk.why], icon="radio",
    )  # fmt: skip
