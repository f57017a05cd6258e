"""What a channel may spend in a month, where its network takes money."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.social.networks import policy
from stoa.social.networks.facts import ChannelBudgeted
from stoa.social.networks.models import Channel

MOST = Decimal(1_000_000)


def set_budget(channel: Channel, amount: Decimal | None, *, by: Actor) -> None:
    """Sets what sending may cost in a month, in the network's currency; None takes the limit away."""
    if not policy.may_disconnect(by, channel):
        raise NotAllowed(_("You may not decide what this channel spends."))
    if amount is not None and not 0 <= amount <= MOST:
        raise Invalid(_("A budget is between nothing and a million."), field="amount")
    with transaction.atomic():
        Channel.objects.filter(id=channel.id).update(monthly_budget=amount)
        announce(ChannelBudgeted(channel.id, None if amount is None else int(amount * 100)), by=by)
