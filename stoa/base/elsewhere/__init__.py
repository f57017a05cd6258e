"""Cards of pages elsewhere: an address alone on its line is shown with the title of its page, in words and a picture that we keep.

    elsewhere.ask(topic.html, ("talk.topic", topic.id), is_public=True, by=actor)   in the action that saves an open text
    elsewhere.unlink([topic.id])                                                    when a text goes, or stands in no open place

Only the worker asks, and only because somebody keeps a text that every member may read: reading, previews, direct messages and closed
spaces ask nobody. `base.text` draws the cards that are there. Whether a card may be made of an address at all: `may_be_asked`.
"""

from stoa.base.elsewhere.addresses import may_be_asked
from stoa.base.elsewhere.asking import addresses_in, ask, forget_unlinked, hand_over, unlink
from stoa.base.elsewhere.facts import HostAllowed, HostBarred, PageDropped, PageFound
from stoa.base.elsewhere.fetching import look_at
from stoa.base.elsewhere.options import LINK_CARDS
from stoa.base.elsewhere.tending import allow_host, bar_host, drop_card, may_tend_cards

__all__ = [
    "LINK_CARDS", "HostAllowed", "HostBarred", "PageDropped", "PageFound", "addresses_in", "allow_host", "ask", "bar_host", "drop_card",
    "forget_unlinked", "hand_over", "look_at", "may_be_asked", "may_tend_cards", "unlink",
]  # fmt: skip
