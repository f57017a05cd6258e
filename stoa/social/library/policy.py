"""Who may do what in the library: one library for the organisation, for whoever holds the right in the site or for any channel."""

from stoa.base.actors import Actor
from stoa.social.library.seeing import may_see_library

__all__ = ["may_keep", "may_see_library"]


def may_keep(actor: Actor) -> bool:
    """Bring assets, describe, sort, replace and delete them."""
    return actor.is_system or actor.may("library.keep") or bool(actor.scope_ids("channel", "library.keep"))
