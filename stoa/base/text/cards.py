"""A link that stands alone on its line, shown as a card: what it is, its title, its first words.

Stored is the link alone, marked as `x-card`. The card is made when it is shown, under its reader's rights. To something of this place: who
may not see that thing, or chose not to read who made it, has the bare link, and no word of one text is kept in another. To a page
elsewhere: what the worker has found there (`base.elsewhere`); reading asks nobody. An address in angle brackets stays a plain link.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape

from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from stoa.base import ids, things
from stoa.base.actors import Actor
from stoa.base.models.page_elsewhere import PageElsewhere
from stoa.base.things import Card, Reference

MOST = 20  # of one page
ALONE = re.compile(r'<p dir="auto"><x-card>(<a href="([^"]*)"(?:[^>"]|"[^"]*")*>[^<]*</a>)</x-card></p>')
REL = "nofollow ugc noopener"


@dataclass(frozen=True)
class Linked:
    """The cards of some texts for one reader: of things here by their references, of pages elsewhere by their addresses."""

    here: Mapping[Reference, Card] = field(default_factory=dict)
    elsewhere: Mapping[str, PageElsewhere] = field(default_factory=dict)


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
        if children[0].markup == "linkify" and state.tokens[index - 1].type == "paragraph_open":
            token.children = [Token("card_open", "x-card", 1), *children, Token("card_close", "x-card", -1)]


def carded(htmls: Iterable[str], to: Actor) -> Linked:
    """What these texts link to so, as far as this reader may see it and reads who made it. One query per kind, none for no link."""
    found = dict.fromkeys(
        unescape(each[2]) for html in htmls if "<x-card>" in html for each in ALONE.finditer(html)
    )  # fmt: skip
    known = {address: things.of_address(address) for address in found}
    references = [reference for reference in known.values() if reference][:MOST]
    cards = things.cards(references, to=to) if references else {}
    here = {reference: card for reference, card in cards.items() if card.title and card.by_id not in to.blocked}
    return Linked(here, _elsewhere([address for address, reference in known.items() if not reference], to))


def _elsewhere(addresses: list[str], to: Actor) -> dict[str, PageElsewhere]:
    """What was found at these addresses, each as its text has it. One query for all."""
    wanted = {address: address.partition("#")[0] for address in addresses[:MOST]}
    if not wanted:
        return {}
    pages = PageElsewhere.objects.visible_to(to).filter(address__in=sorted(set(wanted.values())))
    found = {page.address: page for page in pages}
    return {address: found[page] for address, page in wanted.items() if page in found}


def with_cards(html: str, linked: Linked) -> str:
    """The stored HTML with its cards; the links of which there is none as they were typed."""
    if "<x-card>" not in html:
        return html

    def drawn(found: re.Match[str]) -> str:
        address = unescape(found[2])
        reference = things.of_address(address)
        if page := linked.elsewhere.get(address):
            return _drawn_page(address, page)
        card = linked.here.get(reference) if reference else None
        return _drawn(card) if card else f'<p dir="auto">{found[1]}</p>'

    return ALONE.sub(drawn, html).replace("<x-card>", "").replace("</x-card>", "")


def _drawn(card: Card) -> str:
    under = " · ".join(part for part in (card.label, card.by) if part)
    return Markup(
        '<p class="link-card"><a href="{}" dir="auto">{}</a><span class="link-card-note" dir="auto">{}</span>{}</p>'
    ).format(card.address, card.title, under, _words(card.excerpt))


def _drawn_page(address: str, page: PageElsewhere) -> str:
    """Its host is always said: what a page calls itself is its own word. The picture has a place of fixed size (`text.css`)."""
    named = page.site if page.site.casefold() != page.shown_host.casefold() else ""
    under = Markup("<bdi>{}</bdi>").format(page.shown_host)
    under += Markup(" · <bdi>{}</bdi>").format(named) if named else ""
    picture = Markup("")
    if page.picture_id:
        picture = Markup('<img src="/files/{}" width="{}" height="{}" alt="" loading="lazy">').format(
            ids.shown(page.picture_id), page.width, page.height
        )
    return Markup(
        '<p class="link-card is-elsewhere">{}<a href="{}" rel="{}" dir="auto">{}</a><span class="link-card-note">{}</span>{}</p>'
    ).format(picture, address, REL, page.title, under, _words(page.description))


def _words(words: str) -> Markup:
    return Markup('<span class="link-card-words" dir="auto">{}</span>').format(words) if words else Markup("")
