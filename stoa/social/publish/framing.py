"""How words, credit and link become the text of a post: the credit is always there, the link where the network shows it best."""

from collections.abc import Sequence
from dataclasses import dataclass

from stoa.social.networks.protocol import Card, Rules
from stoa.social.publish.material import Shown
from stoa.social.publish.models.link import CODE_LENGTH, address_of

PLACEHOLDER = address_of("0" * CODE_LENGTH)  # as long as every link of ours, for counting before one is minted


@dataclass(frozen=True)
class Framed:
    """The whole text as it goes out, and the card that carries the link when the text does not."""

    text: str
    card: Card | None


def frame(
    words: str, *, rules: Rules, credit: str = "", link: str = "", card_title: str = "", pictures: Sequence[Shown] = ()
) -> Framed:
    """Words, then credit, then the link; a card carries the link where the network draws one (with pictures: if it does so then)."""
    by_card = bool(link and card_title and rules.link.card and (not pictures or rules.link.card_beside_pictures))
    inside = "" if by_card or link in words else link
    parts = [part for part in (words.strip(), credit if credit not in words else "", inside) if part]
    return Framed("\n\n".join(parts), Card(card_title) if by_card else None)
