"""A turn: what one claim of one delivery may do. Every write of state says under which fence, and ends the lease."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.transaction import TransactionManagementError

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.backup import restored_at
from stoa.base.facts import Fact, announce
from stoa.base.standing_queries import first, standing
from stoa.base.standing_writes import insert, update
from stoa.base.work import Fenced
from stoa.base.work.locks import held, held_at_once
from stoa.social.networks.models import Channel
from stoa.social.publish import costs
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.models.delivery import PLANNED, SENDING
from stoa.social.publish.times import LEASE, LONGEST_IN_LINE
from stoa.social.publish.watching import Heard

ENGINE = system("publish")
LINED_UP = 500  # at once: what more is due lines up behind the next that waits
IN_THE_LINE = (PLANNED, SENDING)  # what later deliveries of the channel wait for


@dataclass(frozen=True)
class Turn:
    """An open attempt. The delivery is as it was when the attempt was written. `heard`: what each answer said of what is left."""

    delivery: Delivery
    fence: int
    attempt: Attempt
    heard: list[Heard] = field(default_factory=list)

    @property
    def channel(self) -> Channel:
        return self.delivery.channel


def take(delivery_id: int, fence: int) -> Delivery:
    """The delivery with its channel, both locked, in that order: to write what became of it. Raises `Fenced` when another claim has come
    since."""
    return _taken(standing(_to_end, delivery_id=delivery_id, fence=fence))


def take_up(delivery_id: int, fence: int) -> Delivery:
    """The same to begin something: when another worker holds one of them it waits for nothing, and is left for a moment."""
    return _taken(standing(_to_begin, delivery_id=delivery_id, fence=fence))


def _to_end(*, delivery_id: int, fence: int) -> "QuerySet[Delivery]":
    return held(claimed(delivery_id=delivery_id, fence=fence), "channel", "self")


def _to_begin(*, delivery_id: int, fence: int) -> "QuerySet[Delivery]":
    return held_at_once(claimed(delivery_id=delivery_id, fence=fence), "channel", "self")


def claimed(*, delivery_id: int, fence: int) -> "QuerySet[Delivery]":
    """The delivery with its channel, while this is the last claim."""
    return Delivery.objects.select_related("channel").filter(id=delivery_id, fence=fence)


def _taken(rows: "QuerySet[Delivery]") -> Delivery:
    if not connection.in_atomic_block:
        raise TransactionManagementError("A turn is taken within a transaction, which holds it.")
    delivery = first(rows)
    if delivery is None:
        raise Fenced
    return delivery


def open_attempt(delivery: Delivery, fence: int, kind: str) -> Turn:
    """Writes the attempt, and renews the lease from here on. Inside the transaction that decided to try; committed before a byte
    leaves."""
    now, ended = clock.now(), list(standing(_ends, delivery_id=delivery.id))
    if None in ended:
        lost = {"said": "Nobody came back to say what became of it."}
        delivery.attempts.filter(ended_at=None).update(ended_at=now, outcome="lost", evidence=lost)
    cost = costs.cost_of(delivery.channel, delivery.content) if kind == "send" else None
    attempt = Attempt(
        delivery=delivery,
        number=len(ended) + 1,
        kind=kind,
        fence=fence,
        key=delivery.key,
        request_hash=delivery.request_hash,
        started_at=now,
        cost=cost.amount if cost else None,
    )
    insert(attempt)
    lease = {"lease_until": clock.db_now() + LEASE}
    _update(delivery, fence, lease | ({"state": SENDING, "since": now} if kind == "send" else {}))
    return Turn(delivery, fence, attempt)


def _ends(*, delivery_id: int) -> "QuerySet[Attempt, Any]":
    """When each attempt ended; None for one that is open."""
    return Attempt.objects.filter(delivery=delivery_id).values_list("ended_at", flat=True)


def tried_since(turn: Turn) -> datetime | None:
    """From when it may be there: its first try. None where there was none that we know of, as after a backup was restored."""
    if turn.attempt.number == 1:
        return turn.attempt.started_at if turn.attempt.kind == "send" else None
    restored = restored_at()
    if restored is not None and turn.delivery.made_at <= restored:
        return None
    tried = turn.delivery.attempts.filter(kind__in=("send", "hand", "person")).order_by("number")
    return tried.values_list("started_at", flat=True).first()


def write(delivery: Delivery, fence: int, *, due_at: datetime | None, **changes: Any) -> None:
    """Writes the state under the fence and gives the lease back. Raises `Fenced`, having written nothing, when it is not ours."""
    if "state" in changes and changes["state"] != delivery.state:
        changes["since"] = clock.now()
    for name in ("reason", "mend", "takedown_answer"):
        if name in changes:
            changes[name] = str(changes[name])[:300]
    was_in_line = delivery.state in IN_THE_LINE
    _update(delivery, fence, {"due_at": due_at, "lease_until": None, **changes})
    if was_in_line and (due_at is None or delivery.state not in IN_THE_LINE):
        call_next(delivery)


def line_up(delivery: Delivery, now: datetime) -> None:
    """What is due behind this one, which waits itself, need not find that out one by one: each is called by the one before it."""
    later = Q(planned_for__gt=delivery.planned_for) | Q(planned_for=delivery.planned_for, id__gt=delivery.id)
    behind = Delivery.objects.filter(
        later, channel=delivery.channel_id, state=PLANNED, lease_until=None, due_at__lte=now, role="post", handle=""
    )
    free = behind.select_for_update(skip_locked=True).values_list("id", flat=True)
    Delivery.objects.filter(id__in=list(free[:LINED_UP])).update(due_at=now + LONGEST_IN_LINE)


def call_next(delivery: Delivery) -> None:
    """The first of those that wait for this one's channel goes on at once."""
    now = clock.steady()
    waits: Any = first(standing(_next, channel_id=delivery.channel_id, now=now, until=now + LONGEST_IN_LINE))
    if waits is not None:
        Delivery.objects.filter(id=waits).update(due_at=now)


def _next(*, channel_id: int, now: datetime, until: datetime) -> "QuerySet[Delivery, Any]":
    waiting = Delivery.objects.filter(channel=channel_id, state=PLANNED, lease_until=None, planned_for__lte=now)
    line = waiting.filter(due_at__gt=now, due_at__lte=until).order_by("planned_for", "id")
    return line.values_list("id", flat=True)[:1]


def _update(delivery: Delivery, fence: int, changes: dict[str, Any]) -> None:
    if not update(Delivery, {"id": delivery.id, "fence": fence}, **changes):
        raise Fenced
    for name, value in changes.items():
        setattr(delivery, name, value)


def conclude(
    turn: Turn,
    outcome: str,
    evidence: dict[str, Any],
    *,
    due_at: datetime | None,
    told: Fact | None = None,
    by: Actor = ENGINE,
    **changes: Any,
) -> None:
    """Closes the attempt, writes what follows and announces it, in one transaction."""
    with transaction.atomic():
        take(turn.delivery.id, turn.fence)
        close(turn, outcome, evidence, due_at=due_at, told=told, by=by, **changes)


def close(
    turn: Turn,
    outcome: str,
    evidence: dict[str, Any],
    *,
    due_at: datetime | None,
    told: Fact | None = None,
    by: Actor = ENGINE,
    **changes: Any,
) -> None:
    """The same inside the transaction that has taken it."""
    ended = {"ended_at": clock.now(), "outcome": outcome, "evidence": evidence}
    Attempt.objects.filter(id=turn.attempt.id, ended_at=None).update(**ended)
    write(turn.delivery, turn.fence, due_at=due_at, **changes)
    if told is not None:
        announce(told, by=by)


def tell(told: Fact) -> None:
    """Announces what the engine did."""
    announce(told, by=ENGINE)
