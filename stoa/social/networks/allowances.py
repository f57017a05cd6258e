"""What a network's headers say about how much more it takes, and until when: read without trust, in the forms that are about.

`X-RateLimit-*` (Mastodon: an instant as RFC 3339; others: seconds since 1970; Discord: also `-Reset-After` and the name of the bucket),
`RateLimit-*` (Bluesky: seconds since 1970; draft-ietf-httpapi-ratelimit-headers: seconds from now).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stoa.social.networks.waits import instant, number

LONGEST = timedelta(hours=6)  # a window that ends later is not believed: it is asked again then
MOST = 1_000_000
EPOCH = 100_000_000  # a greater number of seconds is an instant since 1970, not a time from now


@dataclass(frozen=True)
class Allowance:
    """`left` more until `resets_in`, of `at_most` (0: not said); `bucket` is the network's name for what is counted together."""

    left: int
    at_most: int
    resets_in: timedelta
    bucket: str = ""


def allowance(headers: Mapping[str, str], now: datetime) -> Allowance | None:
    """What is said; None where it makes no whole sense. `now`: ours, where the network does not say what time it is there."""
    low = {name.lower(): value.strip() for name, value in headers.items()}
    for prefix in ("x-ratelimit-", "ratelimit-"):
        left, resets_in = (
            number(low.get(f"{prefix}remaining", "")),
            until(low, prefix, instant(low.get("date", "")) or now),
        )
        if left is None or left < 0 or resets_in is None:
            continue
        at_most = number(low.get(f"{prefix}limit", "").partition(",")[0]) or 0
        named = low.get(f"{prefix}bucket", "")[:40]
        return Allowance(int(min(left, MOST)), int(min(max(at_most, 0), MOST)), resets_in, named)
    return None


def until(low: Mapping[str, str], prefix: str, now: datetime) -> timedelta | None:
    """How long until the count begins anew; nothing that has passed, nothing later than the longest."""
    seconds = number(low.get(f"{prefix}reset-after", ""))
    said = low.get(f"{prefix}reset", "")
    if seconds is None:
        seconds = number(said)
        at = instant(said) if seconds is None else None
        if seconds is not None and seconds >= EPOCH:
            at = datetime.fromtimestamp(min(seconds, 253_402_300_799), UTC)
        if at is not None:
            seconds = (at - now).total_seconds()
    if seconds is None or seconds <= 0:
        return None
    return timedelta(seconds=min(seconds, LONGEST.total_seconds()))
