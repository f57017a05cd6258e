"""A link that stands alone on its line, to something of this place, shown as a card: what it is, its title, its first words.

Stored is the link alone, marked as `x-card`. The card is made when it is shown, under its reader's rights: who may not see that thing, or
chose not to read who made it, has the bare link. Nothing is fetched, and no word of one text is kept in another.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape

from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.things import Card, Reference

MOST = 20  # of one page
_alone = re.compile(r'<p dir="auto"><x-card>(<a href="([^"]*)"(?:[^>"]|"[^"]*")*>[^<]*</a>)</x-card></p>')


def mark(state: StateCore) -> None:
    """A paragraph of the text's own that is one bare address."""
    for index, token in enumerate(state.tokens):
        children = token.children or []
        if (
            token.type != "inline"
            or token.level != 1
            or [each.type for each in children] != ["link_open", "text", "link_close"]
        ):
            continue
        if children[0].info == "auto" and state.tokens[index - 1].type == "paragraph_open":
            token.children = [Token("card_open", "x-card", 1), *children, Token("card_close", "x-card", -1)]


def carded(htmls: Iterable[str], to: Actor) -> dict[Reference, Card]:
    """What these texts link to so, as far as this reader may see it and reads who made it. One query per kind, none for no link."""
    found = (
        things.of_address(unescape(each[2])) for html in htmls if "<x-card>" in html for each in _alone.finditer(html)
    )
    wanted = list(dict.fromkeys(reference for reference in found if reference))[:MOST]
    cards = things.cards(wanted, to=to) if wanted else {}
    return {reference: card for reference, card in cards.items() if card.title and card.by_id not in to.blocked}


def with_cards(html: str, cards: Mapping[Reference, Card]) -> str:
    """The stored HTML with its cards; the links of which there is none as they were typed."""
    if "<x-card>" not in html:
        return html

    def drawn(found: re.Match[str]) -> str:
        reference = things.of_address(unescape(found[2]))
        card = cards.get(reference) if reference else None
        return _drawn(card) if card else f'<p dir="auto">{found[1]}</p>'

    return _alone.sub(drawn, html).replace("<x-card>", "").replace("</x-card>", "")


def _drawn(card: Card) -> str:
    under = " · ".join(part for part in (card.label, card.by) if part)
    words = Markup('<span class="link-card-words" dir="auto">{}</span>').format(card.excerpt) if card.excerpt else ""
    return Markup(
        '<p class="link-card"><a href="{}" dir="auto">{}</a><span class="link-card-note" dir="auto">{}</span>{}</p>'
    ).format(card.address, card.title, under, words)
