"""Who sees the library: whoever holds the right in the site or for any channel. There is one, and it is seen whole."""

from stoa.base.actors import Actor

SEEN_WITH = "library.see"


def may_see_library(actor: Actor) -> bool:
    return actor.is_system or actor.may(SEEN_WITH) or bool(actor.scope_ids("channel", SEEN_WITH))
