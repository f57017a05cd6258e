"""What the pages of badges read: a fixed number of queries for any number of badges."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from stoa.base import cursors, things
from stoa.base.actors import Actor
from stoa.base.things import Card
from stoa.community.talk import policy
from stoa.community.talk.badge_telling import name_of, what_of
from stoa.community.talk.badges import ALL, Definition, definition_of
from stoa.community.talk.models import Badge, BadgeEvidence, BadgeHidden
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.readers import tended

FACES, PAGE, SHOWN = 8, 30, 3


@dataclass(frozen=True)
class ShownBadge:
    """A badge as somebody sees it: `seen` are the first things that it is for, of `more` no more is said than how many."""

    badge: Badge
    name: str
    what: str
    icon: str
    seen: list[Card]
    more: int
    giver: Person | None
    is_hidden: bool
    may_take_back: bool


@dataclass(frozen=True)
class Held:
    """A kind of badge, with some who have it, as far as the reader sees them and what it is for."""

    definition: Definition
    people: list[Person]
    more: bool


def shown(badges: Collection[Badge], actor: Actor, hidden: Collection[str] = ()) -> list[ShownBadge]:
    """Four queries at most: what they are for, its cards, who gave them."""
    evidence: dict[int, list[BadgeEvidence]] = {each.id: [] for each in badges}
    for row in BadgeEvidence.objects.filter(badge__in=evidence).order_by("id"):
        evidence[row.badge_id].append(row)
    cards = things.cards([row.reference for rows in evidence.values() for row in rows], to=actor)
    givers = Person.objects.in_bulk({each.by_id for each in badges if each.by_id})
    found = []
    for each in badges:
        seen = [cards[row.reference] for row in evidence[each.id] if row.reference in cards]
        definition = definition_of(each.key)
        found.append(
            ShownBadge(
                each, name_of(each), what_of(each), definition.icon if definition else "award", seen[:SHOWN],
                max(len(seen) - SHOWN, 0), givers.get(each.by_id or 0), each.key in hidden or "" in hidden,
                policy.may_take_badge_back(actor, each),
            )
        )  # fmt: skip
    return found


def badges_of(person: Person, actor: Actor) -> list[ShownBadge]:
    """Those of one person that the actor sees, the latest first. Of those earned in several places, each that they see."""
    rows = list(
        Badge.objects.visible_to(actor).filter(person=person).select_related("space", "person").order_by("-at", "-id")
    )
    hidden = hidden_by(actor) if person.id == actor.person_id and rows else frozenset()
    return shown(rows, actor, hidden) if rows else []


def hidden_by(actor: Actor) -> frozenset[str]:
    return frozenset(BadgeHidden.objects.filter(person_id=actor.person_id or 0).values_list("key", flat=True))


def all_held(actor: Actor) -> list[Held]:
    """Every kind that is earned, with some who have it, by name. One query."""
    place = Window(RowNumber(), partition_by=F("key"), order_by=[F("person__folded").asc(), F("id").asc()])
    rows = Badge.objects.visible_to(actor).earned().select_related("person").annotate(place=place)
    people: dict[str, dict[int, Person]] = {}
    for row in rows.filter(place__lte=FACES + 1).order_by("place"):
        people.setdefault(row.key, {})[row.person_id] = row.person
    held = [(each, list(people.get(each.key, {}).values())) for each in ALL]
    return [Held(each, found[:FACES], len(found) > FACES) for each, found in held]


def given_page(actor: Actor, before: str) -> dict[str, Any]:
    """Those that were given by hand, the latest first."""
    rows = Badge.objects.visible_to(actor).given().select_related("person", "space")
    page = cursors.page(rows, "at", before, size=PAGE)
    return {"rows": shown(page.rows, actor), "next": page.next}


def holders_page(definition: Definition, actor: Actor, before: str) -> dict[str, Any]:
    """Who has one, the latest first."""
    rows = Badge.objects.visible_to(actor).filter(key=definition.key).select_related("person", "space")
    page = cursors.page(rows, "at", before, size=PAGE)
    return {"rows": shown(page.rows, actor), "next": page.next, "definition": definition}


def places_to_give(actor: Actor) -> list[Space]:
    """The spaces in which the actor may give badges. One query."""
    return list(Space.objects.filter(tended(actor, "talk.give_badge", "")).living().order_by("name", "id"))
