"""Limits: how often something may be done by one person, or from one place on the internet. Counted in the database.

    limits.take(f"sign-in {limits.place_of(request)}", per=timedelta(minutes=10), allowed=20)

Each key may do `allowed` things at once and gets one back every `per / allowed` (the generic cell rate algorithm of ATM, ITU-T I.371).
"""

import hashlib
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import ngettext

from stoa.base import clock
from stoa.base.errors import TooMany
from stoa.base.models.allowance import Allowance

IPV6_NEIGHBOURHOOD = 64  # bits: what one subscriber is given


def take(key: str, *, per: timedelta, allowed: int) -> None:
    """Uses one of `allowed` per `per`. Raises `TooMany`, using nothing, when none is left. At most three statements."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    now = clock.now()
    with transaction.atomic():
        row, _ = Allowance.objects.get_or_create(key=digest, defaults={"full_at": now})
        row = Allowance.objects.select_for_update().get(id=row.id)
        full_at = max(row.full_at, now) + per / allowed
        if full_at - now > per:
            raise _too_many(full_at - now - per)
        Allowance.objects.filter(id=row.id).update(full_at=full_at)


def place_of(request: HttpRequest) -> str:
    """Where a request comes from, as limits count it: an IPv4 address, or an IPv6 neighbourhood of 64 bits."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), IPV6_NEIGHBOURHOOD), strict=False).network_address)
    return str(address)


def forget_full(now: datetime) -> None:
    """Forgets keys that have used nothing."""
    Allowance.objects.filter(full_at__lt=now).delete()


def _too_many(wait: timedelta) -> TooMany:
    seconds = int(wait.total_seconds()) + 1
    reason = ngettext(
        "That was too often. It is possible again in %(n)s second.",
        "That was too often. It is possible again in %(n)s seconds.",
        seconds,
    )
    return TooMany(reason % {"n": seconds})
