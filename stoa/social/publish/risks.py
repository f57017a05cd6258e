"""Which planned deliveries are at risk, and why: counted exactly, in a fixed number of queries, however much is planned.

Each counts once, under the worst that stands against it. Credentials that renew themselves are no risk: only what is over for good
(`Channel.ends_at`) is. How much a network lets through is reckoned like its budget: a sliding window, in the order of the channel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)  # fmt: skip

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.models.site import site
from stoa.social.networks.limits import Rate
from stoa.social.networks.models import Budget, Channel, Hold
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.models.delivery import HELD, PENDING, PLANNED, STOPPED, UNKNOWN, Deliveries
from stoa.social.publish.times import GRACE

SAFE, LOST, ENDS, KEPT, FULL = 0, 1, 2, 3, 4  # the worst first
WAITING = Q(state=PLANNED) | Q(state=HELD, held_by="switch")
UNDERWAY = Q(state__in=(STOPPED, UNKNOWN, PENDING))


@dataclass(frozen=True)
class Risk:
    """So many deliveries of one channel, for one reason; `first` is when the first of them is due. `late`: those that the network's
    budget lets out too late, by id."""

    channel: int
    why: int
    count: int
    first: datetime
    late: tuple[int, ...] = ()


def judged(rows: Deliveries) -> QuerySet[Any]:
    """What is yet to go out, each with `why`: the worst that stands against it, as far as rows alone can tell."""
    now = clock.now()
    lost = Q(channel__state__in=("reconnect", "disconnected"))
    hold = Hold.objects.standing().over_each("channel")
    kept = Exists(hold.filter(Q(until=None) | Q(until__gt=OuterRef("late_after"))))
    held = WAITING if site().paused_reason else WAITING & Q(kept)
    quiet = Q(
        channel__quiet_until__gt=now, channel__is_by_hand=False, planned_for__lt=F("channel__quiet_until") - GRACE
    )
    full = quiet | Q(Exists(used_up(now)), channel__is_by_hand=False)
    ends = WAITING & Q(channel__is_by_hand=False, channel__ends_at__lte=F("planned_for"))
    why = Case(
        When(lost, Value(LOST)), When(ends, Value(ENDS)), When(held, Value(KEPT)), When(WAITING & full, Value(FULL)),
        default=Value(SAFE), output_field=IntegerField(),
    )  # fmt: skip
    return rows.filter(WAITING | UNDERWAY).annotate(why=why)


def used_up(now: datetime) -> QuerySet[Budget]:
    """In a subquery: what the network itself has said is used up, for posts, until too late for the outer row."""
    told = Budget.objects.used_up(OuterRef("channel"), ("send",), now)
    last = ExpressionWrapper(F("resets_at") - GRACE, output_field=DateTimeField())
    return told.alias(last=last).filter(last__gt=OuterRef("planned_for"))


def risks(actor: Actor, channels: Iterable[Channel] | None = None) -> list[Risk]:
    """All that is at risk on these channels (None: on any that the actor sees), the worst first, then by what is due first."""
    rows = Delivery.objects.visible_to(actor)
    rows = rows if channels is None else rows.filter(channel__in=[each.id for each in channels])
    counted = judged(rows).order_by().values("channel", "why").annotate(count=Count("id"), first=Min("planned_for"))
    found = [Risk(each["channel"], each["why"], each["count"], each["first"]) for each in counted]
    crowded = {each.channel: each.count for each in found if each.why == SAFE}
    late = too_late(rows, crowded) if crowded else []
    return sorted(together([each for each in found if each.why] + late), key=lambda each: (each.why, each.first))


def together(found: Sequence[Risk]) -> list[Risk]:
    """A network that asks for patience and its budget are one reason."""
    sums: dict[tuple[int, int], Risk] = {}
    for each in found:
        before = sums.get((each.channel, each.why))
        sums[each.channel, each.why] = each if before is None else Risk(
            each.channel, each.why, before.count + each.count, min(before.first, each.first), before.late + each.late
        )  # fmt: skip
    return list(sums.values())


def too_late(rows: Deliveries, planned: dict[int, int]) -> list[Risk]:
    """Where more is planned than the network takes in time. Only channels whose sum could fill a window are reckoned through."""
    now, rates = clock.now(), rates_of(planned)
    if not rates:
        return []
    longest = timedelta(seconds=max(rate.seconds for each in rates.values() for rate in each))
    sends = Attempt.objects.filter(kind="send", delivery__channel__in=rates, started_at__gt=now - longest)
    sends = sends.exclude(outcome="not sent").order_by("started_at")
    sent = dict(sends.order_by().values_list("delivery__channel").annotate(count=Count("id")))
    tight = {
        number: each for number, each in rates.items()
        if planned[number] + sent.get(number, 0) > min(fits(rate) for rate in each)
    }  # fmt: skip
    return reckoned(rows, sends, tight, now) if tight else []


def rates_of(planned: Iterable[int]) -> dict[int, list[Rate]]:
    """The budgets of these channels, where a network has one that posts weigh on; by hand nothing is counted."""
    channels = Channel.objects.connected().filter(id__in=list(planned), is_by_hand=False)
    found = {each.id: [rate for rate in each.rules.rates if rate.weight] for each in channels}
    return {number: rates for number, rates in found.items() if rates}


def fits(rate: Rate) -> int:
    return max(1, rate.at_most // rate.weight)


def reckoned(rows: Deliveries, sends: QuerySet[Attempt], tight: dict[int, list[Rate]], now: datetime) -> list[Risk]:
    past: dict[int, list[datetime]] = {number: [] for number in tight}
    for number, at in sends.filter(delivery__channel__in=tight).values_list("delivery__channel", "started_at"):
        past[number].append(at)
    ahead: dict[int, list[tuple[int, datetime]]] = {number: [] for number in tight}
    safe = judged(rows.filter(channel__in=tight, state=PLANNED)).filter(why=SAFE).order_by("planned_for", "id")
    for number, channel, at in safe.values_list("id", "channel", "planned_for"):
        ahead[channel].append((number, at))
    found = []
    for channel, rates in tight.items():
        out = goes_out([at for _number, at in ahead[channel]], past[channel], rates, now)
        late = [each for each, when in zip(ahead[channel], out, strict=True) if when > each[1] + GRACE]
        if late:
            found.append(Risk(channel, FULL, len(late), late[0][1], tuple(number for number, _at in late)))
    return found


def goes_out(
    planned: Sequence[datetime], past: Sequence[datetime], rates: Sequence[Rate], now: datetime
) -> list[datetime]:
    """When each of `planned` (in order) goes out at the earliest, after `past` (in order): each rate's window slides."""
    sent = list(past)
    for at in planned:
        when = max(at, now, *sent[-1:])
        for rate in rates:
            if len(sent) >= fits(rate):
                when = max(when, sent[-fits(rate)] + timedelta(seconds=rate.seconds))
        sent.append(when)
    return sent[len(past) :]
