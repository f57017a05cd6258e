"""What must fit among people: folded names, interests as answered, portraits that are there, standing and account."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from stoa.base.models import File
from stoa.people.actions.words import words_of
from stoa.people.models import IdentityEvent, LevelChange, Person, PersonWord


def check() -> Iterator[str]:
    for number, name, folded in Person.objects.values_list("id", "name", "folded").iterator():
        if folded != name.casefold():
            yield f"person {number} is not found under the name that they have"
    bytes_there = File.objects.filter(id=OuterRef("portrait_id"))
    for person in Person.objects.filter(~Exists(bytes_there), portrait_id__isnull=False):
        yield f"the portrait of person {person.id} is gone"
    for person in Person.objects.filter(standing="erased").exclude(name="", account=None):
        yield f"person {person.id} is erased, yet something of them is here"
    yield from _words()
    yield from _identities()
    yield from _levels()


def _words() -> Iterator[str]:
    """What people are found by is what their profile says."""
    kept: dict[int, set[tuple[str, str]]] = {}
    for person_id, kind, word in PersonWord.objects.values_list("person_id", "kind", "word").iterator():
        kept.setdefault(person_id, set()).add((kind, word))
    for person in Person.objects.only("helps_with", "looks_for").iterator():
        if {(each.kind, each.word) for each in words_of(person)} != kept.get(person.id, set()):
            yield f"person {person.id} is found by other words than their profile says"


def _identities() -> Iterator[str]:
    """An identity's person is the fold of its events."""
    last: dict[int, tuple[int | None, int | None]] = {}
    rows = IdentityEvent.objects.order_by("id").values_list("identity_id", "kind", "person_id", "identity__person_id")
    for identity, kind, person, shown in rows.iterator():
        last[identity] = (person if kind == "linked" else None, shown)
    for identity, (folded, named) in last.items():
        if folded != named:
            yield f"identity {identity} belongs to somebody else than its events say"


def _levels() -> Iterator[str]:
    """A level is what the last change of it made it."""
    last: dict[int, tuple[int, int]] = {}
    rows = LevelChange.objects.order_by("id").values_list("person_id", "after", "person__level")
    for person_id, after, level in rows.iterator():
        last[person_id] = (after, level)
    for person_id, (after, level) in last.items():
        if after != level:
            yield f"person {person_id} has level {level}, which no change of it made"
