"""Whether somebody marked a thing, and what the page of their bookmarks reads."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from stoa.base import cursors, things
from stoa.base.actors import Actor
from stoa.base.things import Card
from stoa.people.models import Bookmark

PAGE = 50


def marked(actor: Actor, key: str) -> Exists:
    """For rows of things of this kind: whether the actor marked them, in the rows' own query."""
    return Exists(Bookmark.objects.visible_to(actor).filter(thing_key=key, thing_id=OuterRef("pk")))


@dataclass(frozen=True)
class BookmarksPage:
    """What one marked, each with its card, as far as one may still see it; and where the list goes on."""

    rows: list[tuple[Bookmark, Card]]
    next: str


def bookmarks_page(actor: Actor, before: str = "") -> BookmarksPage:
    """One page, the latest first. Queries: the rows, and one a kind of thing."""
    found = cursors.page(Bookmark.objects.visible_to(actor), "at", before, size=PAGE)
    cards = things.cards([row.reference for row in found.rows], to=actor)
    return BookmarksPage([(row, cards[row.reference]) for row in found.rows if row.reference in cards], found.next)
