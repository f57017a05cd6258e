"""Whom a writer is offered while they name somebody: those whom they may see, who may read what they write there, and whom they read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from stoa.base.actors import Actor
from stoa.base.text.source import with_ids
from stoa.people.models import Person
from stoa.people.models.person import People
from stoa.people.naming import mentioned
from stoa.spaces.calling import callable_by, names, notes
from stoa.spaces.models import Grant, Role, Space
from stoa.spaces.visibility import READ, SEE_QUESTIONS

MOST = 8
LONGEST = 80


@dataclass(frozen=True)
class Offered:
    """One line: the name, what tells people of one name apart, their picture, and what is written to mean them."""

    label: str
    note: str
    picture: str
    insert: str


def mentionable(space: Space, begins: str, *, to: Actor) -> list[Offered]:
    """The groups that one may call there, then those people one of whose names begins so, whole names first; nobody for nothing. At most
    three queries, whatever the size."""
    asked = begins.strip()[:LONGEST].casefold()
    if not asked:
        return []
    words = callable_by(to, space)
    starts, within = Q(folded__startswith=asked), Q(folded__contains=f" {asked}")
    place = Case(When(starts, then=Value(0)), default=Value(1))
    found = list(readers_of(space, to).filter(starts | within).order_by(place, "folded", "id")[:MOST])
    only_one = mentioned([person.folded for person in found])
    people = [
        Offered(each.name, each.helps_with, each.portrait_for(to), _written(each, words, known=each.folded in only_one))
        for each in found
    ]
    return [*_groups(words, asked), *people][:MOST]


def _groups(words: Mapping[str, str], asked: str) -> list[Offered]:
    """The groups whose name begins so, each once, as they are called in the writer's language."""
    called, said = names(), notes()
    begun = [key for key in dict.fromkeys(words.values()) if called[key].casefold().startswith(asked)]
    return [Offered(called[key], said[key], "", f"@{called[key]}") for key in begun]


def readers_of(space: Space, to: Actor) -> People:
    """The members whom this actor may see, and has not chosen not to read, who may read the space; where each sees only their own
    topics, those who read all of them."""
    rows = Person.objects.visible_to(to).members().exclude(id__in=to.blocked)
    if not space.is_closed and not space.ask_team:
        return rows
    right = SEE_QUESTIONS if space.ask_team else READ
    roles = [role.id for role in Role.objects.filter(scope_kind="space") if right in role.rights]
    grants = Grant.objects.standing().within(space.scope).filter(role_id__in=roles, person=OuterRef("pk"))
    return rows.filter(Exists(grants))


def _written(person: Person, words: Mapping[str, str], *, known: bool) -> str:
    """`@Name` where that means them and nobody else; else by their id, which the text shows as the name."""
    by_id = f"@[person:{person.shown_id}]"
    name = f"@{person.name}"
    return name if known and with_ids(name, lambda _names: {person.folded: person.id}, words) == by_id else by_id
