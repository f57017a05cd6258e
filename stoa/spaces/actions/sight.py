"""See it as…: begun and ended, both facts. Nothing else is written, and nobody is signed in as anybody."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import sights
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.facts import announce
from stoa.spaces.facts import SightBegun, SightEnded, SightKind
from stoa.spaces.models import Space
from stoa.spaces.policy import may_see_as


def begin_sight(session: Any, kind: SightKind, space: Space | None, back: str, *, by: Actor) -> None:
    """From now on this session sees as a visitor, a newcomer, or (kind MEMBER) a member of the space, for half an hour."""
    if not may_see_as(by, space if kind is SightKind.MEMBER else None) or (kind is SightKind.MEMBER and space is None):
        raise NotAllowed(
            _("You may not see this place so."), _("Only those who look after it may, each in their own spaces.")
        )
    number = space.id if space and kind is SightKind.MEMBER else None
    with transaction.atomic():
        sight = sights.begin(session, kind.value, number or 0, back)
        announce(SightBegun(kind, number, sight.until), by=by)


def end_sight(session: Any, *, by: Actor) -> str:
    """The person sees as themselves again. Gives the address where they began."""
    with transaction.atomic():
        sight = sights.end(session)
        if sight is None:
            return "/"
        announce(SightEnded(SightKind(sight.kind), sight.number or None), by=by)
    return sight.back
