"""Who may open a feed: whoever may connect channels is shown the key that opens it."""

from __future__ import annotations

import hmac

from stoa.base import crypto
from stoa.base.actors import Actor


def may_see_key(actor: Actor) -> bool:
    return actor.may("networks.connect")


def feeds_key() -> str:
    """Opens feeds of this installation."""
    return crypto.derived("feeds key")


def is_feeds_key(given: str) -> bool:
    return hmac.compare_digest(given.encode(), feeds_key().encode())
