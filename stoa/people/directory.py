"""The directory: everybody here, narrowed by what they say about themselves and by what other rooms know of them.

The socket `people.directory`: a higher room registers a `Narrowing` in its `plugs.py`.
Only what the reader may read of others can be asked for: what is shown to the team narrows for the team alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q

from stoa.base import cursors
from stoa.base.actors import Actor
from stoa.people.actions.words import words_in
from stoa.people.models import Person, PersonWord, ProfileField
from stoa.people.models.field import people_who_said, people_with_word

PAGE = 30
SUGGESTED = 40


@dataclass(frozen=True)
class Narrowing:
    """`choices(actor)`: pairs of value and label that this actor may ask for; `condition(value)` on people, asked of those alone."""

    key: str
    label: Callable[[], str]
    choices: Callable[[Actor], list[tuple[str, str]]]
    condition: Callable[[str], Q]


_narrowings: dict[str, Narrowing] = {}


def register(narrowing: Narrowing) -> None:
    _narrowings[narrowing.key] = narrowing


@dataclass(frozen=True)
class Filter:
    """One filter as it is drawn: a choice among `choices`, or free words where there are none."""

    name: str
    label: str
    value: str
    choices: list[tuple[str, str]]

    @property
    def said(self) -> str:
        """The value as people call it."""
        return dict(self.choices).get(self.value, self.value)


@dataclass(frozen=True)
class DirectoryPage:
    """Some people by name, the mark of those who come after (empty at the end), and by what the list is narrowed."""

    people: list[Person]
    after: str
    filters: list[Filter]
    asked: dict[str, str]

    @property
    def narrowed(self) -> list[Filter]:
        return [each for each in self.filters if each.value]

    @property
    def more(self) -> str:
        """The query of the next page."""
        return urlencode({**self.asked, "after": self.after}) if self.after else ""

    def without(self, name: str) -> str:
        """The query of this list without one filter."""
        return urlencode({key: value for key, value in self.asked.items() if key != name})


def directory_page(actor: Actor, asked: Mapping[str, str]) -> DirectoryPage:
    """One page of those whom the actor may see. Queries: people, fields, and what each narrowing asks; none per person."""
    found = Person.objects.visible_to(actor).members()
    name = asked.get("q", "")[:80].strip()
    if name:
        found = found.filter(folded__contains=name.casefold())
    else:
        found = found.exclude(id__in=actor.blocked)  # asked for by name they are found, so that it can be taken back
    filters = []
    for kind in ("helps", "seeks"):
        word = next(iter(words_in(asked.get(kind, "")[:80])), "")
        found = people_with_word(found, kind, word) if word else found
        filters.append(Filter(kind, kind, word, []))
    for field in ProfileField.objects.read_by(actor).filter(kind__in=("short", "choice", "choices")).in_order():
        value = asked.get(f"field-{field.shown_id}", "")[:200].strip()
        found = people_who_said(found, field, value) if value else found
        choices = [(each, each) for each in field.choices]
        filters.append(Filter(f"field-{field.shown_id}", field.label, value, choices))
    for narrowing in _narrowings.values():
        choices = narrowing.choices(actor)
        value = asked.get(narrowing.key, "") if asked.get(narrowing.key, "") in dict(choices) else ""
        found = found.filter(narrowing.condition(value)) if value else found
        filters.append(Filter(narrowing.key, narrowing.label(), value, choices))
    page = cursors.page(found, "folded", asked.get("after", ""), size=PAGE, ascending=True)
    kept = {"q": name, **{each.name: each.value for each in filters}}
    return DirectoryPage(page.rows, page.next, filters, {key: value for key, value in kept.items() if value})


def words_said(actor: Actor, kind: str) -> list[str]:
    """What most people whom the actor may see say of this kind. One query."""
    rows = PersonWord.objects.visible_to(actor).filter(kind=kind).values_list("word").annotate(said=Count("id"))
    return [word for word, _said in rows.order_by("-said", "word")[:SUGGESTED]]
