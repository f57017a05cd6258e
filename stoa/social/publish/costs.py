"""What sending costs where a network takes money: the price of a post, what a channel has spent in this month, and its budget.

An attempt to send carries its price from before the first byte leaves. One that proves that nothing was done costs nothing; one whose
outcome is not known counts as paid, for it may have been. By hand nothing costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils.translation import gettext as _

from stoa.base.models.site import site
from stoa.social.networks.limits import Cost
from stoa.social.networks.models import Channel
from stoa.social.networks.weighted import links_in
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.models.delivery import NOT_DONE, PLANNED

NOTHING = Decimal(0)
EXACT = Decimal("0.0001")  # as attempts keep it: SQLite adds up in floating point


@dataclass(frozen=True)
class Price:
    """What one post costs on one channel, what each kind of post would, and what is left of the month's budget (None: there is none)."""

    this: Cost
    each: tuple[Cost, ...]
    left: Decimal | None

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.this.amount > self.left

    @property
    def shown(self) -> str:
        return money(self.this.amount, self.this.currency)

    @property
    def shown_left(self) -> str:
        return money(self.left or NOTHING, self.this.currency)

    @property
    def shown_each(self) -> str:
        return " · ".join(f"{cost.what}: {money(cost.amount, cost.currency)}" for cost in self.each)


def cost_of(channel: Channel, content: dict[str, Any]) -> Cost | None:
    """What sending this costs; None where it costs nothing. A bare address in the text is a link as well: networks make it one."""
    if channel.is_by_hand or not channel.rules.costs:
        return None
    text = str(content.get("text") or "")
    with_link = bool(content.get("link")) or "://" in text or any(links_in(text))
    described = sum(bool(each.get("alt")) for each in content.get("pictures") or ())
    return channel.rules.cost(with_link=with_link, described=described)


def price_of(channel: Channel, contents: Sequence[dict[str, Any]], now: datetime) -> Price | None:
    """What the composer says before sending: of all pieces of a post together."""
    found = [cost for each in contents if (cost := cost_of(channel, each))]
    if not found:
        return None
    whole = replace(found[0], amount=sum((cost.amount for cost in found), NOTHING))
    sent = tuple(each for each in channel.rules.costs if each.when not in ("reading", "removal"))
    return Price(whole, sent, left(channel, now))


def left(channel: Channel, now: datetime) -> Decimal | None:
    """What is left of this month's budget; None where there is none."""
    return None if channel.monthly_budget is None else max(NOTHING, channel.monthly_budget - spent(channel, now))


def spent(channel: Channel, now: datetime) -> Decimal:
    """What this channel's attempts have cost since the month began where the organisation is."""
    began = now.astimezone(ZoneInfo(site().zone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    paid = Attempt.objects.filter(kind="send", delivery__channel=channel, started_at__gte=began, cost__isnull=False)
    total: Decimal | None = paid.exclude(outcome__in=NOT_DONE).aggregate(total=Sum("cost"))["total"]
    return (total or NOTHING).quantize(EXACT)


def refusal(delivery: Delivery, now: datetime) -> tuple[str, str]:
    """(why it may not be sent, what mends it); empty when the budget takes it."""
    price = price_of(delivery.channel, [delivery.content, *what_follows(delivery)], now)
    if price is None or not price.is_over:
        return "", ""
    told = {"cost": price.shown, "left": price.shown_left}
    reason = _("It would cost %(cost)s, and of this month’s budget of the channel %(left)s are left.") % told
    return reason, _(
        "Raise the channel’s budget, wait for the next month, or send it without a link where that costs less."
    )


def what_follows(delivery: Delivery) -> list[dict[str, Any]]:
    """What waits for the first part of a post on its channel: a thread is begun only if all of it fits."""
    if delivery.role != "post" or delivery.post_id is None or not delivery.channel.rules.costs:
        return []
    same = Delivery.objects.filter(post=delivery.post_id, channel=delivery.channel_id, follows__isnull=False)
    return list(same.filter(state=PLANNED, due_at=None).values_list("content", flat=True))


def money(amount: Decimal, currency: str) -> str:
    """An amount as people write it: two places, more where there are."""
    exact = amount.normalize()
    return f"{exact:.2f} {currency}" if -int(exact.as_tuple().exponent) < 2 else f"{exact:f} {currency}"
