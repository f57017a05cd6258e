"""A boost: from when until when somebody paid a network to show a post of ours to more people."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.social.publish.models.delivery import Delivery

EDGE = timedelta(minutes=10)


class Boosts(models.QuerySet["Boost"]):
    """How boosts are found."""

    def visible_to(self, actor: Actor) -> "Boosts":
        """Whoever sees a post sees that it was paid for."""
        if actor.is_system or actor.may("publish.see"):
            return self
        return self.filter(delivery__channel__in=actor.scope_ids("channel", "publish.see"))


class Boost(Row):
    """The window is half-open, [starts_at, ends_at); without an end it goes on. `budget` in `currency` is what was set aside for it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="boosts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    budget = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True, db_index=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = Boosts.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")), name="boost_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="boost_budget_is_no_debt"),
            models.CheckConstraint(condition=Q(budget=None) | ~Q(currency=""), name="boost_budget_has_currency"),
        ]
        indexes = [models.Index(fields=["delivery", "starts_at"], name="boost_when")]

    def __str__(self) -> str:
        return f"{self.delivery_id} from {self.starts_at:%Y-%m-%d %H:%M}"

    def is_on(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    def touches(self, after: datetime, until: datetime) -> bool:
        """Whether it was on between these. One that began within minutes before the later of them and goes on has not brought
        anything by then: that reading is taken at its edge."""
        if self.ends_at is not None and self.ends_at <= until:
            return self.ends_at > after
        return self.starts_at < until - EDGE


def boosted(delivery: str, at: str = "at") -> Exists:
    """For rows of the outer query: whether the delivery that this column names was boosted at that instant."""
    rows = Boost.objects.filter(delivery=OuterRef(delivery), starts_at__lte=OuterRef(at))
    return Exists(rows.filter(Q(ends_at=None) | Q(ends_at__gt=OuterRef(at))))


def boosts_of(deliveries: Iterable[int]) -> dict[int, list[Boost]]:
    """Delivery → its boosts, the earliest first. One query."""
    found: dict[int, list[Boost]] = {}
    for each in Boost.objects.filter(delivery__in=list(deliveries)).order_by("starts_at"):
        found.setdefault(each.delivery_id, []).append(each)
    return found


def split(
    readings: Iterable[tuple[datetime, int | None]], published: datetime, boosts: Iterable[Boost]
) -> tuple[int | None, int | None]:
    """(organic, boosted) of one measure that only ever sums up, from its readings in order. What grew between two readings while a boost
    was on at any moment between them is boosted as a whole: nothing that may have been paid for is called organic. None where the
    network told nothing."""
    total, paid, before = None, 0, published
    spans: Any = list(boosts)
    for at, value in readings:
        if value is None:
            continue
        if any(each.touches(before, at) for each in spans):
            paid += value - (total or 0)
        total, before = value, at
    if total is None:
        return None, None
    paid = min(max(paid, 0), total)
    return total - paid, paid if spans else None
