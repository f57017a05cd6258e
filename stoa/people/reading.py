"""What pages read, gathered in a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from stoa.base import clock, cursors, things
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.people import notices
from stoa.people.actions.profile import level_of
from stoa.people.away import away_words
from stoa.people.fields import shown_answers
from stoa.people.models import Block, Notice, Person, ProfileLink, QuietHours
from stoa.people.models.notice import Notices
from stoa.people.policy import may_follow

PAGE = 30


def page_of(person: Person, actor: Actor) -> dict[str, Any]:
    """What a profile shows besides panels."""
    block = Block.objects.filter(person_id=actor.person_id or 0, other=person).first()
    return {
        "person": person,
        "answers": shown_answers(person, actor),
        "links": list(ProfileLink.objects.visible_to(actor).filter(person=person).order_by("id")),
        "away": away_words(person),
        "is_me": actor.person_id == person.id,
        "is_suspended": person.is_suspended_at(clock.now()),
        "block": block,
        "level": level_of(("people.person", person.id), by=actor) if actor.is_member else "",
        "may_follow": may_follow(actor) and actor.person_id != person.id,
        "may_block": actor.is_member and actor.person_id != person.id,
    }


@dataclass(frozen=True)
class ShownNotice:
    """A notice as its reader sees it."""

    notice: Notice
    sentence: str
    what_to_do: str
    card: Card
    name: str
    portrait: str = ""


def seen_notices(own: Notices, actor: Actor, keys: Collection[str] | None = None) -> Notices:
    """Those of one's own notices of which something may be said: the kind is known and the thing is visible now. `keys`: the kinds of
    things that they speak of, which are asked for in one query where they are not given."""
    if keys is None:
        keys = list(own.order_by().values_list("thing_key", flat=True).distinct())
    return (
        own.filter(things.visible_among(own, to=actor, keys=keys), kind__in=list(notices.all_kinds())) if keys else own
    )


def count_unread(actor: Actor, told_of: Collection[str] | None = None) -> int:
    """How many the list shows as unread. `told_of`: the kinds of things that unread notices speak of, where they are known: one query
    then, and none where there are no kinds."""
    if told_of is not None and not told_of:  # as with nearly everybody on nearly every page
        return 0
    unread = Notice.objects.visible_to(actor).unread()
    found = seen_notices(unread, actor, told_of)
    return 0 if found is unread else found.count()


@dataclass(frozen=True)
class NoticesPage:
    """Some notices, the latest first, and the cursor of the older ones."""

    notices: list[ShownNotice]
    before: str


def notices_page(actor: Actor, before: str = "") -> NoticesPage:
    """One page of those whose things the actor may still see. Queries: one for rows, one for names, one per kind of thing."""
    page = cursors.page(seen_notices(Notice.objects.visible_to(actor), actor), "last_at", before, size=PAGE)
    return NoticesPage(drawn(page.rows, actor), page.next)


def drawn(rows: list[Notice], actor: Actor) -> list[ShownNotice]:
    """Those of these notices that may be shown: the kind is known and the thing is visible now."""
    cards = things.cards([row.reference for row in rows], to=actor)
    people = Person.objects.in_bulk({row.by_id for row in rows if row.by_id})
    shown = []
    for row in rows:
        kind, card, by = notices.kind_of(row.kind), cards.get(row.reference), people.get(row.by_id or 0)
        name = by.name if by else ""
        if kind and card:
            portrait = by.portrait_for(actor) if by else ""
            shown.append(
                ShownNotice(row, kind.sentence(row.count, name, card), kind.what_to_do(), card, name, portrait)
            )
    return shown


def hours(actor: Actor) -> dict[str, Any]:
    """The quiet hours of this person; empty when they have none."""
    found = QuietHours.objects.filter(person_id=actor.person_id or 0).first()
    return {"start": found.start, "end": found.end} if found else {}


@dataclass(frozen=True)
class ShownLetter:
    """A letter with whom it is to."""

    letter: Letter
    to: str


def latest_letters() -> list[ShownLetter]:
    """The last fifty letters, newest first, for the demo's mailbox. Two queries."""
    letters = list(Letter.objects.order_by("-id")[:50])
    people = {letter.person_id for letter in letters if letter.person_id}
    named = dict(Person.objects.filter(id__in=people).values_list("id", "name"))
    return [ShownLetter(letter, named.get(letter.person_id or 0, letter.address)) for letter in letters]
