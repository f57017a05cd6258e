"""Notices by mail: for those who wish it, about what they may see, outside their quiet hours; asked again when the letter is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation

from stoa.base import actors, clock, mail, things
from stoa.base.actors import Actor
from stoa.base.things import Reference
from stoa.people.away import away_among, waits_until
from stoa.people.models import Person, Push, QuietHours
from stoa.people.notices import NoticeKind, all_kinds
from stoa.people.stopping import stop_address


@dataclass(frozen=True)
class Event:
    """What is told: `times` it happened to the thing, the last time by this actor."""

    kind: NoticeKind
    thing: Reference
    by: Actor
    times: int


def mail_notices(people: Iterable[int], kind: NoticeKind, thing: Reference, *, by: Actor, times: int = 1) -> int:
    """Writes a letter to each of these people, who wish mail of this kind. Says how many."""
    told = sorted(set(people))
    quiet = QuietHours.objects.in_bulk(told if kind.waits else [], field_name="person_id")
    away = away_among(told if kind.waits else [])
    event, written = Event(kind, thing, by, times), 0
    for person_id in told:
        reader = actors.of_person(person_id)
        due = waits_until(clock.now(), reader.zone, away.get(person_id), quiet.get(person_id))
        written += _write(reader, event, due)
    return written


def wait_no_longer(person: Person) -> None:
    """Who is back sooner than they said gets what waited, outside of their quiet hours."""
    now = clock.now()
    until = person.away_until if person.is_away_at(now) else None
    free = waits_until(now, person.zone, until, QuietHours.objects.filter(person=person).first()) or now
    kinds = [key for key, kind in all_kinds().items() if kind.waits]
    mail.bring_letters_forward(person.id, free, kinds=kinds)
    Push.objects.filter(device__person=person, kind__in=kinds, due_at__gt=free, lease_until=None).update(due_at=free)


def _write(reader: Actor, event: Event, due: datetime | None) -> bool:
    """All of it in the reader's language and zone, whoever's hands it was written by."""
    with translation.override(reader.language), timezone.override(reader.zone or None):
        return _written(reader, event, due)


def _written(reader: Actor, event: Event, due: datetime | None) -> bool:
    kind = event.kind
    card = things.cards([event.thing], to=reader).get(event.thing)
    if card is None or reader.person_id is None:
        return False
    words = {
        "name": reader.name, "card": card,
        "sentence": kind.sentence(event.times, event.by.name, card), "what_to_do": kind.what_to_do(),
        "stop": stop_address(reader.person_id, kind.key),
    }  # fmt: skip
    letter = mail.compose("people/mail/notice.txt", words, language=reader.language)
    mail.write_letter(kind.key, person_id=reader.person_id, thing=event.thing, due_at=due, **letter)
    return True
