"""Cards of pages elsewhere."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


@fact("talk.card_found", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class CardFound(Fact):
    """A page elsewhere to which a topic, or a reply in it, links has a card now."""

    topic: int
    space: int
    page: int
