"""Who may practise on Plaza: anyone in a demo folder, elsewhere signed-in staff only (DECISIONS 21)."""

from __future__ import annotations

import hmac

from stoa.base import crypto
from stoa.base.actors import Actor
from stoa.base.models.site import site


def may_practise(actor: Actor) -> bool:
    """Answer, like, repost or write as a stranger, and see the practice key."""
    return actor.is_staff or site().is_demo


def practice_key() -> str:
    """Opens accounts on this installation's Plaza."""
    return crypto.derived("practice key")


def is_practice_key(given: str) -> bool:
    return hmac.compare_digest(given.encode(), practice_key().encode())
