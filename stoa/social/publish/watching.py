"""The client of one attempt: it ends in time, and asks before each write whether the turn is still ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from django.db.models import QuerySet

from stoa.base import clock
from stoa.base.standing_queries import first, standing
from stoa.base.work import Fenced
from stoa.social.networks.allowances import Allowance, allowance
from stoa.social.networks.calling import Body
from stoa.social.networks.protocol import Http, Response
from stoa.social.networks.wire import InTime
from stoa.social.publish.models import Delivery
from stoa.social.publish.times import CALL

READS = ("GET", "HEAD", "OPTIONS")


def is_ours(delivery_id: int, fence: int) -> bool:
    """Whether the claim still holds: nobody has claimed the delivery since, and the lease has not run out."""
    return first(standing(_still, delivery_id=delivery_id, fence=fence, now=clock.db_now())) is not None


def _still(*, delivery_id: int, fence: int, now: datetime) -> "QuerySet[Delivery, Any]":
    rows = Delivery.objects.filter(id=delivery_id, fence=fence, lease_until__gt=now)
    return rows.order_by("id").values_list("id", flat=True)[:1]


@dataclass(frozen=True)
class Heard:
    """What the answer to one request said of how much more the network takes."""

    wrote: bool
    allowance: Allowance | None


class WatchedHttp:
    """Hands requests on while there is time. A worker that was stopped and woken sends nothing more: its fence is old by then. That is
    asked before the first request of all, and before each that writes."""

    def __init__(self, inner: Http, delivery_id: int, fence: int, heard: list[Heard] | None = None) -> None:
        self._inner = InTime(inner, monotonic() + CALL.total_seconds())
        self._turn = (delivery_id, fence)
        self._heard = [] if heard is None else heard
        self._has_begun = False

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Response:
        self._check(method)
        answer = self._inner.request(method, url, headers=headers, content=content, json=json, timeout=timeout)
        return self._hear(method, answer)

    def stream(
        self,
        method: str,
        url: str,
        body: Body,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response:
        self._check(method)
        return self._hear(method, self._inner.stream(method, url, body, headers=headers, timeout=timeout))

    def _check(self, method: str) -> None:
        if (method.upper() not in READS or not self._has_begun) and not is_ours(*self._turn):
            raise Fenced
        self._has_begun = True

    def _hear(self, method: str, answer: Response) -> Response:
        self._heard.append(Heard(method.upper() not in READS, allowance(answer.headers, clock.now())))
        return answer
