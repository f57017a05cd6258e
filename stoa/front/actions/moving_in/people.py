"""Carrying in people, the places where they were, and who belonged where."""

from django.db import transaction

from stoa.base import clock, ids
from stoa.base.models import File
from stoa.community.talk.actions.bringing import call_read
from stoa.front.actions.moving_in.load import Load, cut, instant
from stoa.front.actions.moving_in.pictures import Kept, keep_bytes_of
from stoa.front.forgotten import as_forgotten
from stoa.front.models import Moved
from stoa.front.moving_in.shapes import VanPerson
from stoa.people.actions.bringing import Brought, bring_people
from stoa.people.models import Person
from stoa.spaces.actions.bringing import bring_members, bring_space

PEOPLE_AT_ONCE = 200
BELONGINGS_AT_ONCE = 1000
ADDRESS_KINDS = "@"  # before the name by which somebody was called, in `Moved.also`


def carry_people(load: Load) -> bool:
    """Some people, with their pictures. Says whether there may be more."""
    rows = load.van.people(load.row.place, PEOPLE_AT_ONCE)
    there = load.moved("person", [key for _, person in rows for key in (person.key, as_forgotten(person.key))])
    fresh = [person for _, person in rows if not {cut(person.key), as_forgotten(person.key)} & there.keys()]
    shown = {person.key: _face(load, person) for person in fresh if person.portrait}
    faces = {key: face for key, face in shown.items() if face}
    with transaction.atomic():
        people = bring_people([_brought(person) for person in fresh])
        Moved.objects.bulk_create([
            load.moved_row("person", old.key, ("people.person", person.id), f"{ADDRESS_KINDS}{old.called.casefold()}")
            for old, person in zip(fresh, people, strict=True)
        ])  # fmt: skip
        _give_faces({person.id: faces[old.key] for old, person in zip(fresh, people, strict=True) if old.key in faces})
        numbers = {old.key: person.id for old, person in zip(fresh, people, strict=True)}
        load.people.update(numbers)
        load.note(("portrait", old.name, numbers[old.key]) for old in fresh if old.portrait and old.key not in faces)
        load.reached(rows[-1][0] if rows else 0, {"people": len(fresh)}, "" if rows else "places")
    return bool(rows)


def carry_places(load: Load) -> bool:
    """All spaces at once: there are never many. What is in them is new for nobody."""
    there = load.moved("place", list(load.mapping))
    with transaction.atomic():
        rows = []
        for key, said in load.mapping.items():
            if not said.takes or key in there:
                continue
            number = ids.read(said.space)
            if number is None:
                space = bring_space(said.name, about=said.about, visibility=said.visibility, state=said.state)
                call_read(space, load.row.confirmed_at or clock.now())
                number = space.id
            rows.append(load.moved_row("place", key, ("spaces.space", number)))
        Moved.objects.bulk_create(rows)
        load.reached(0, {"spaces": len(rows)}, "belongings")
    return False


def carry_belongings(load: Load) -> bool:
    """Who was where. Who has an account by now has come and gone by themselves since the first time."""
    rows = load.van.belongings(load.row.place, BELONGINGS_AT_ONCE)
    wanted = [
        (space.id, load.people[person], is_steward)
        for _, place, person, is_steward in rows
        if (space := load.spaces.get(place)) and person in load.people
    ]
    with transaction.atomic():
        kept = set() if load.row.rounds else _who_may_be_placed(load, {person for _, person, _ in wanted})
        count = bring_members(each for each in wanted if each[1] in kept and each[1] not in load.erased)
        load.reached(rows[-1][0] if rows else 0, {"belongings": count}, "" if rows else "messages")
    return bool(rows)


def _who_may_be_placed(load: Load, people: set[int]) -> set[int]:
    """Those who wait, and those of whom this very archive was the first to tell."""
    waiting = set(Person.objects.filter(id__in=people, account=None).values_list("id", flat=True))
    new = Moved.objects.filter(brought=load.row, kind="person", thing_id__in=people)
    return waiting | set(new.values_list("thing_id", flat=True))


def _brought(person: VanPerson) -> Brought:
    return Brought(
        person.name or "—",
        instant(person.at),
        person.email,
        person.bio,
        person.zone,
        person.language,
        person.interests,
    )


def _face(load: Load, person: VanPerson) -> Kept | None:
    """Their picture; None when there is none that can be read."""
    upload = load.van.upload(person.portrait)
    return keep_bytes_of(upload[0] if upload else load.van.folder / person.portrait)


def _give_faces(faces: dict[int, Kept]) -> None:
    """To those who wait and have none: who is here already keeps their own."""
    bare = set(Person.objects.filter(id__in=faces, portrait_id=None, account=None).values_list("id", flat=True))
    files = [faces[number].file(number, ("people.person", number)) for number in sorted(bare)]
    File.objects.bulk_create(files)
    for number, file in zip(sorted(bare), files, strict=True):
        Person.objects.filter(id=number).update(portrait_id=file.id)
