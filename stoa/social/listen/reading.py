"""The numbers of posts, as they were last read. Three things are apart: a number, *not offered*, *not read yet*."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from stoa.social.listen.models import Reading
from stoa.social.networks.protocol import NOT_OFFERED, NotOffered
from stoa.social.networks.registry import UnknownNetwork
from stoa.social.publish.models import Delivery


class NotReadYet(Enum):
    """Nobody has asked the network yet."""

    NOT_READ_YET = "not read yet"


NOT_READ_YET = NotReadYet.NOT_READ_YET


@dataclass(frozen=True)
class Number:
    """One measure of one post. `at`: when it was read."""

    label: str
    value: int | NotOffered | NotReadYet
    at: datetime | None = None
    reason: str = ""


def numbers_of(deliveries: Sequence[Delivery]) -> dict[int, dict[str, Number]]:
    """For each delivery what its network tells of it, measure by measure, in the network's order. One query; channels loaded."""
    numbers = {each.id: _untold(each) for each in deliveries}
    for row in Reading.objects.newest([each.id for each in deliveries]):
        known = numbers[row.delivery_id].get(row.measure)
        value = NOT_OFFERED if row.value is None else row.value
        reason = known.reason if known else ""
        numbers[row.delivery_id][row.measure] = Number(known.label if known else row.measure, value, row.at, reason)
    return numbers


def _untold(delivery: Delivery) -> dict[str, Number]:
    """What a network's own rules say before anything is read."""
    try:
        measures = delivery.channel.connector.measures
    except UnknownNetwork:
        return {}
    return {
        each.key: Number(each.label, NOT_READ_YET if each.offered else NOT_OFFERED, reason=each.reason)
        for each in measures
    }


def readings_over_time(delivery: Delivery, measure: str) -> Mapping[datetime, int]:
    """All that was read of one measure, oldest first; what is not offered is absent."""
    rows = Reading.objects.filter(delivery=delivery, measure=measure, value__isnull=False).order_by("at")
    return {row.at: row.value for row in rows if row.value is not None}
