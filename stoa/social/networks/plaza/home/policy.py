"""Who may practise on Plaza: anyone in a demo folder, elsewhere signed-in staff only (DECISIONS 21)."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from stoa.base.actors import Actor
from stoa.base.models.site import site


def may_practise(actor: Actor) -> bool:
    """Answer, like, repost or write as a stranger, and see the practice key."""
    return actor.is_staff or site().is_demo


def practice_key() -> str:
    """Opens accounts on this installation's Plaza. Derived from the secret key, for this purpose only."""
    return hmac.new(settings.SECRET_KEY.encode(), b"plaza practice key", hashlib.sha256).hexdigest()[:24]


def is_practice_key(given: str) -> bool:
    return hmac.compare_digest(given.encode(), practice_key().encode())
