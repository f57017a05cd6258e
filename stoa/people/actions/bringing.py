"""People who are known from elsewhere and have not come here yet: brought in bulk, by an action of a higher room that has asked who may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models.functions import Lower

from stoa.base import clock
from stoa.people.actions.words import LONGEST, WORDS
from stoa.people.claims import EMAIL, as_declined, known_by
from stoa.people.models import Identity, IdentityEvent, Person

BROUGHT = "brought"  # the proof of such an identity: somebody's archive says so, which opens nothing


@dataclass(frozen=True)
class Brought:
    """Somebody as they were known there. Without an address nobody can take them over."""

    name: str
    joined_at: datetime
    email: str = ""
    bio: str = ""
    zone: str = ""
    language: str = ""
    interests: Sequence[str] = ()


def bring_people(brought: Sequence[Brought]) -> list[Person]:
    """The person for each, in this order: the member who has proven the same address, or somebody who waits by that address already, or a
    new row without an account, which its holder can take over at the door."""
    with transaction.atomic():
        there = _there({each.email.casefold() for each in brought if each.email})
        found: list[Person] = []
        fresh: list[tuple[Person, str]] = []
        for each in brought:
            address = each.email.casefold()
            person = there.get(address) if address else None
            if person is None:
                person = _waiting(each)
                fresh.append((person, "" if address in there else each.email))
                if address:
                    there[address] = person
            found.append(person)
        _keep_apart([person for person, _ in fresh])
        Person.objects.bulk_create([person for person, _ in fresh], batch_size=500)
        _identify([(person, email) for person, email in fresh if email])
    return found


def nobody(name: str) -> Person:
    """Whose name is not known any more: stands as the author of what they wrote."""
    return Person.objects.create(name=name)


def _there(addresses: set[str]) -> dict[str, Person | None]:
    """Who is known by these addresses; None for one whose holder said that they are somebody else."""
    marks = {as_declined(address): address for address in addresses}
    identities = Identity.objects.filter(network=EMAIL, remote_id__in=[*addresses, *marks]).select_related("person")
    there: dict[str, Person | None] = {marks.get(each.remote_id, each.remote_id): each.person for each in identities}
    verified = EmailAddress.objects.annotate(folded=Lower("email")).filter(folded__in=addresses, verified=True)
    for address in sorted(set(verified.values_list("folded", flat=True)) - set(there)):
        if member := known_by(address):
            there[address] = member
    return there


def _waiting(each: Brought) -> Person:
    with clock.pinned(min(each.joined_at, clock.now())):
        return Person(
            name=" ".join(each.name.split())[:80], bio=each.bio[:2000],
            zone=each.zone if each.zone in _zones() else "UTC", language=each.language[:12] or "en",
            interests=[word.lower()[:LONGEST] for word in each.interests][:WORDS],
        )  # fmt: skip


def _keep_apart(people: Sequence[Person]) -> None:
    """The next free id for those whose own is taken: of before 2020 ids are few, and whole communities were once registered in one
    instant."""
    clash = [person.id for person in people]
    while clash:
        taken = set(Person.objects.filter(id__in=clash).values_list("id", flat=True))
        used = {person.id for person in people}
        clash = []
        for person in people:
            if person.id in taken:
                person.id = next(number for number in count(person.id + 1) if number not in used)
                used.add(person.id)
                clash.append(person.id)


def _identify(fresh: Sequence[tuple[Person, str]]) -> None:
    identities = [
        Identity(network=EMAIL, remote_id=email.casefold()[:300], handle=email[:300], person=person)
        for person, email in fresh
    ]
    Identity.objects.bulk_create(identities, batch_size=500)
    IdentityEvent.objects.bulk_create(
        [IdentityEvent(identity=each, person=each.person, kind="linked", proof=BROUGHT) for each in identities],
        batch_size=500,
    )


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
