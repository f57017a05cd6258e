"""The socket `publish.visits`: who wants to know that somebody who is signed in followed a link.

    @visited("bridge.touches")
    def keep(link: Link, by: Actor) -> None: ...

Asked for clicks alone (a navigation by no known program) and never of a visitor: of them nothing is kept that names them. It runs in
the redirect's transaction, so it writes rows and speaks to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stoa.base.actors import Actor

if TYPE_CHECKING:
    from stoa.social.publish.models import Link

Keep = Callable[["Link", Actor], None]
_keepers: dict[str, Keep] = {}


def visited(key: str) -> Callable[[Keep], Keep]:
    """Registers the decorated function under a name that stays."""

    def register(keep: Keep) -> Keep:
        _keepers[key] = keep
        return keep

    return register


def tell(link: Link, *, by: Actor) -> None:
    """Tells all who want to know, when `by` is a person whom we know."""
    if by.person_id is not None:
        for key in sorted(_keepers):
            _keepers[key](link, by)
