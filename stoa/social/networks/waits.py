"""How long a network asks us to wait, out of its headers: for connectors, which read no clock (an instant is held against the network's
own `Date`). What is said is hostile until it makes sense; the engine caps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite


def retry_after(headers: Mapping[str, str], otherwise: float) -> float:
    """Seconds of `Retry-After` (RFC 9110, 10.2.3: a number of them, or an instant); `otherwise` when it says nothing of sense."""
    low = {name.lower(): value for name, value in headers.items()}
    said = low.get("retry-after", "").strip()
    if (asked := number(said)) is not None:
        return asked if asked >= 0 else otherwise
    until, now = instant(said), instant(low.get("date", ""))
    if until is None or now is None or until <= now:
        return otherwise
    return (until - now).total_seconds()


def number(text: str) -> float | None:
    """A finite number; None for anything else."""
    try:
        found = float(text) if len(text) <= 30 else None
    except ValueError:
        return None
    return found if found is not None and isfinite(found) else None


def seconds(said: object) -> float | None:
    """Finite seconds, a tenth of one at least; None for anything else."""
    try:
        found = float(said)  # type: ignore[arg-type]
    except (OverflowError, TypeError, ValueError):
        return None
    return max(found, 0.1) if isfinite(found) else None


def instant(text: str) -> datetime | None:
    """An instant as HTTP writes it ("Mon, 30 Nov 2026 16:00:00 GMT") or as RFC 3339 does; in UTC. None for anything else."""
    if len(text) > 60:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (IndexError, OverflowError, TypeError, ValueError):
            continue
    return None
