"""Notices by mail: for those who wish it, about what they may see, outside their quiet hours; asked again when the letter is sent."""

from collections.abc import Iterable

from django.utils import timezone, translation

from stoa.base import actors, clock, mail, things
from stoa.base.actors import Actor
from stoa.base.things import Reference
from stoa.people.models import NoticeWish, QuietHours
from stoa.people.notices import NoticeKind
from stoa.people.stopping import stop_address


def mail_notices(people: Iterable[int], kind: NoticeKind, thing: Reference, *, by: Actor) -> int:
    """Writes a letter to each of these people who wishes mail of this kind. Says how many."""
    wanted = set(people)
    wishes = dict(NoticeWish.objects.filter(person_id__in=wanted, kind=kind.key).values_list("person_id", "mail"))
    told = [person_id for person_id in sorted(wanted) if wishes.get(person_id, kind.mail) == "at_once"]
    quiet = QuietHours.objects.in_bulk(told if kind.waits else [], field_name="person_id")
    return sum(_write(actors.of_person(person_id), kind, thing, by, quiet.get(person_id)) for person_id in told)


def _write(reader: Actor, kind: NoticeKind, thing: Reference, by: Actor, quiet: QuietHours | None) -> bool:
    """All of it in the reader's language and zone, whoever's hands it was written by."""
    with translation.override(reader.language), timezone.override(reader.zone or None):
        return _written(reader, kind, thing, by, quiet)


def _written(reader: Actor, kind: NoticeKind, thing: Reference, by: Actor, quiet: QuietHours | None) -> bool:
    card = things.cards([thing], to=reader).get(thing)
    if card is None or reader.person_id is None:
        return False
    words = {
        "name": reader.name, "card": card,
        "sentence": kind.sentence(1, by.name, card), "what_to_do": kind.what_to_do(),
        "stop": stop_address(reader.person_id, kind.key),
    }  # fmt: skip
    letter = mail.compose("people/mail/notice.txt", words, language=reader.language)
    due = quiet.over(clock.now(), reader.zone) if quiet else None
    mail.write_letter(kind.key, person_id=reader.person_id, thing=thing, due_at=due, **letter)
    return True
