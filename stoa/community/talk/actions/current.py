"""A row as it stands now, locked: what the page loaded may be a moment old, and two people may press at once."""

from typing import Any, TypeVar

from stoa.community.talk.models import Reply, Topic

OF_TOPIC = ("presence", "closed_at", "space", "accepted", "status", "pinned_until", "slow_minutes", "slow_until")
OF_REPLY = ("presence", "topic")
W = TypeVar("W", bound=Topic | Reply)


def as_it_stands(written: W) -> W:
    """Reads again, inside the transaction, what decides whether something may happen, and keeps others out until it is over."""
    fields = OF_TOPIC if isinstance(written, Topic) else OF_REPLY
    rows: Any = type(written)._default_manager.select_for_update(of=("self",))
    written.refresh_from_db(fields=fields, from_queryset=rows)
    return written
