"""Live: the fact log is the truth, the bus only says "look". A stream carries ids; the page fetches its fragment by its normal address.

The socket: a room says who may hear what happens to a kind of thing (`may_hear`).
"""

from stoa.base.live.hearing_rights import may_hear, who_may_hear

__all__ = ["may_hear", "who_may_hear"]
