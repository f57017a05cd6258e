"""The switch: stopping and starting all sending."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.standing_queries import first, standing
from stoa.social.networks import policy, registry
from stoa.social.networks.facts import HoldLifted, HoldPlaced
from stoa.social.networks.models import Channel, Hold


def place_hold(
    channel: Channel | None, *, reason: str, by: Actor, until: datetime | None = None, network: str = ""
) -> Hold:
    """Nothing goes out to this channel, or to any channel of this network, or (with neither) to any channel at all, until the hold is
    lifted or over."""
    if network and (channel is not None or network not in registry.connectors()):
        raise Invalid(_("This network is not known here."), field="over")
    if not policy.may_hold(by, channel):
        raise NotAllowed(_("You may not stop sending here."))
    if not reason.strip():
        raise Invalid(_("Say why, so that others know."), field="reason")
    if until is not None and until <= clock.now():
        raise Invalid(_("That is over already."), field="until")
    with transaction.atomic():
        hold = Hold.objects.create(
            channel=channel, network=network, reason=reason.strip()[:300], by_id=by.person_id, until=until
        )
        announce(HoldPlaced(hold.id, channel.id if channel else None, until), by=by)
    return hold


def lift_hold(hold: Hold, *, by: Actor) -> None:
    """Sending goes on. What was missed meanwhile asks for a decision: nothing goes out in a burst."""
    if not policy.may_hold(by, hold.channel):
        raise NotAllowed(_("You may not start sending here."))
    with transaction.atomic():
        if not Hold.objects.standing().filter(id=hold.id).update(lifted_at=clock.now()):
            raise NotPossible(_("This hold is over already."))
        announce(HoldLifted(hold.id, hold.channel_id), by=by)


def hold_over(channel_id: int) -> Hold | None:
    """The hold that stops this channel now, if there is one."""
    return first(standing(_over, channel_id=channel_id, now=clock.now()))


def hold_over_network(network: str) -> Hold | None:
    """The hold that stops whatever of this network is no channel here."""
    return first(standing(_over_network, network=network, now=clock.now()))


def _over_network(*, network: str, now: datetime) -> "QuerySet[Hold]":
    wide = Q(network="") | Q(network=network)
    return Hold.objects.standing_at(now).filter(wide, channel=None).order_by("since")[:1]


def _over(*, channel_id: int, now: datetime) -> "QuerySet[Hold]":
    return Hold.objects.standing_at(now).over(channel_id).order_by("since")[:1]
