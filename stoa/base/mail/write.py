"""Writing letters, and forgetting them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from stoa.base import clock
from stoa.base.models.letter import Letter
from stoa.base.things import Reference
from stoa.base.work import wake


def write_letter(
    kind: str,
    *,
    subject: str,
    text: str,
    html: str = "",
    person_id: int | None = None,
    address: str = "",
    thing: Reference | None = None,
    due_at: datetime | None = None,
) -> Letter:
    """Puts a letter into the outbox: to a person, or to a bare address. Sent after the commit (or when it is due), if its reader may
    still have it."""
    if (person_id is None) == (not address):
        raise ValueError("a letter goes to a person or to an address")
    letter = Letter.objects.create(
        kind=kind, subject=" ".join(subject.split())[:300], text=text, html=html, person_id=person_id, address=address,
        thing_key=thing[0] if thing else "", thing_id=thing[1] if thing else None, due_at=due_at or clock.now(),
    )  # fmt: skip
    wake.after_commit()
    return letter


def forget_letters(before: datetime) -> None:
    """Forgets letters of before that instant that wait for nothing: they hold names and links that open doors."""
    Letter.objects.filter(at__lt=before).exclude(state="waiting").delete()


def hold_back_letters(person_id: int, kind: str, thing: Reference) -> None:
    """Stops what waits to be sent of this kind about this thing: its reader does not want it any more."""
    waiting = Letter.objects.filter(person_id=person_id, kind=kind, state="waiting")
    waiting.filter(thing_key=thing[0], thing_id=thing[1]).update(state="stopped", due_at=None)


def carry_letters(before: Reference, after: Reference, *, kinds: Collection[str] = ()) -> None:
    """What waits to be sent of these kinds (of all, where none is named) about the one thing is about the other that takes its place,
    and asks for the sight of that one when it is sent. Who waits for a letter of the same kind about the other gets that one alone."""
    waiting = Letter.objects.filter(state="waiting", person_id__isnull=False)
    mine = waiting.filter(thing_key=before[0], thing_id=before[1])
    mine = mine.filter(kind__in=kinds) if kinds else mine
    there = waiting.filter(
        thing_key=after[0], thing_id=after[1], kind=OuterRef("kind"), person_id=OuterRef("person_id")
    )
    twice = list(mine.filter(Exists(there)).values_list("id", flat=True))
    mine.exclude(id__in=twice).update(thing_key=after[0], thing_id=after[1])
    Letter.objects.filter(id__in=twice).update(state="stopped", due_at=None)


def bring_letters_forward(person_id: int, to: datetime, *, kinds: Collection[str]) -> None:
    """What waits to be sent later than this is due then."""
    waiting = Letter.objects.filter(
        person_id=person_id, kind__in=kinds, state="waiting", due_at__gt=to, lease_until=None
    )
    if waiting.update(due_at=to):
        wake.after_commit()


def erase_letters_of(person_id: int, *addresses: str) -> None:
    """Forgets every letter to a person who leaves."""
    mine = Q(person_id=person_id)
    for address in addresses:
        mine |= Q(address__iexact=address)
    Letter.objects.filter(mine).delete()
