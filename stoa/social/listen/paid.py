"""Paid reach in readings: of each measure what came by itself, and what came while it was boosted.

Where a network tells the paid part of a measure itself, that is taken (`Measure.paid_of`). Else what grew between two readings while a
boost was on is the boosted part; nothing that may have been paid for is called organic.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from stoa.social.listen.models import Reading
from stoa.social.networks.registry import UnknownNetwork
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.boost import Boost, boosts_of, split

Told = Mapping[str, list[tuple[datetime, int | None]]]


@dataclass(frozen=True)
class Apart:
    """Measure → value: by itself, and while boosted (empty where it never was). None: not offered."""

    organic: Mapping[str, int | None]
    boosted: Mapping[str, int | None]


def apart(deliveries: Iterable[Delivery], *, young: Mapping[int, datetime] | None = None) -> dict[int, Apart]:
    """For each of these deliveries that was ever boosted, or whose network tells what was paid. `young`: until when readings count.
    One query where nothing is boosted, else two; channels loaded."""
    known = {each.id: each for each in deliveries}
    boosts = boosts_of(known)
    wanted = [each for each in known.values() if each.id in boosts or paid_measures(each)]
    told: dict[int, dict[str, list[tuple[datetime, int | None]]]] = defaultdict(lambda: defaultdict(list))
    rows = Reading.objects.filter(delivery__in=[each.id for each in wanted]) if wanted else Reading.objects.none()
    for delivery, measure, at, value in rows.order_by("at", "id").values_list("delivery_id", "measure", "at", "value"):
        if young is None or at <= young[delivery]:
            told[delivery][measure].append((at, value))
    return {each.id: of_one(each, told[each.id], boosts.get(each.id, [])) for each in wanted}


def of_one(delivery: Delivery, told: Told, boosts: list[Boost]) -> Apart:
    organic: dict[str, int | None] = {}
    boosted: dict[str, int | None] = {}
    paid = paid_measures(delivery)
    published = delivery.published_at or delivery.planned_for
    boosts = told_of(boosts, told, published)
    for measure, readings in told.items():
        if measure in paid.values():
            continue
        organic[measure], part = split(readings, published, boosts)
        said = told.get(paid.get(measure, ""), [])
        total, of_it = last(readings), last(said)
        if total is not None and of_it is not None:
            part = min(max(of_it, 0), total)
            organic[measure] = total - part
        if part is not None or boosts:
            boosted[measure] = part
    return Apart(organic, boosted)


def told_of(boosts: Iterable[Boost], told: Told, published: datetime) -> list[Boost]:
    """Those of which the readings can tell anything: that began before the last of them. Of a later one nothing is known."""
    read = max((at for readings in told.values() for at, _value in readings), default=None)
    return [each for each in boosts if read is not None and each.touches(published, read)]


def last(readings: Iterable[tuple[datetime, int | None]]) -> int | None:
    known = [value for _at, value in readings if value is not None]
    return known[-1] if known else None


def paid_measures(delivery: Delivery) -> dict[str, str]:
    """Measure → the one that tells its paid part, on networks that have it."""
    try:
        measures = delivery.channel.connector.measures
    except UnknownNetwork:
        return {}
    return {each.paid_of: each.key for each in measures if each.paid_of}
