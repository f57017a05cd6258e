"""What people are asked to say about themselves: arranged by the organisation, answered by each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.people.facts import ProfileEdited, ProfileFieldAsked, ProfileFieldChanged
from stoa.people.models import Person, ProfileAnswer, ProfileField
from stoa.people.models.field import LONGEST_FOLDED, SHOWN_TO
from stoa.people.policy import may_edit_fields, may_edit_profile

MOST = 30


@dataclass(frozen=True)
class Asked:
    """A field as its form gives it."""

    label: str
    kind: str = "short"
    hint: str = ""
    choices: tuple[str, ...] = ()
    shown_to: str = "members"
    asked: str = "later"


def write_field(field: ProfileField | None, asked: Asked, *, by: Actor) -> ProfileField:
    """Adds a field or changes one. What people answered is never shown to more than they were told, nor read as another kind."""
    _ask_for_the_right(by)
    with transaction.atomic():
        row = ProfileField.objects.select_for_update().get(id=field.id) if field else _new_field()
        _check(row, asked)
        was_asked = row.asked == "everyone" and field is not None
        row.label, row.kind, row.hint = asked.label.strip()[:120], asked.kind, asked.hint.strip()[:300]
        row.choices = list(asked.choices) if asked.kind in ("choice", "choices") else []
        row.shown_to, row.asked = asked.shown_to, asked.asked
        row.save()
        announce(ProfileFieldChanged(row.id), by=by)
        if row.asked == "everyone" and not was_asked:
            announce(ProfileFieldAsked(row.id), by=by)
    return row


def archive_field(field: ProfileField, *, by: Actor) -> None:
    """Asks and shows it no more. The answers stay, for those who gave them and for the day it comes back."""
    _ask_for_the_right(by)
    _set(field, by, archived_at=clock.now())


def bring_field_back(field: ProfileField, *, by: Actor) -> None:
    _ask_for_the_right(by)
    _set(field, by, archived_at=None)


def move_field(field: ProfileField, *, up: bool, by: Actor) -> None:
    """One place up or down among those that are asked."""
    _ask_for_the_right(by)
    with transaction.atomic():
        rows = list(ProfileField.objects.asked().in_order())
        place = next((number for number, row in enumerate(rows) if row.id == field.id), 0)
        other = max(0, place - 1) if up else min(len(rows) - 1, place + 1)
        if rows:
            rows[place], rows[other] = rows[other], rows[place]
        for number, row in enumerate(rows):
            ProfileField.objects.filter(id=row.id).update(order=number)
        announce(ProfileFieldChanged(field.id), by=by)


def answer_fields(person: Person, answers: Mapping[int, Iterable[str]], *, by: Actor) -> None:
    """Keeps what somebody says, by field: several choices as several texts, an empty answer takes the old one away."""
    if not may_edit_profile(by, person):
        raise NotAllowed(_("Only you can edit your profile."))
    with transaction.atomic():
        for field in ProfileField.objects.asked().filter(id__in=answers):
            ProfileAnswer.objects.filter(person=person, field=field).delete()
            ProfileAnswer.objects.bulk_create(_rows(person, field, answers[field.id]))
        announce(ProfileEdited(person.id), by=by)


def _rows(person: Person, field: ProfileField, texts: Iterable[str]) -> list[ProfileAnswer]:
    said = {text.casefold()[:LONGEST_FOLDED]: text for text in (each.strip()[:2000] for each in texts) if text}
    if field.kind != "choices":
        said = dict(list(said.items())[:1])
    return [ProfileAnswer(person=person, field=field, text=text, folded=folded) for folded, text in said.items()]


def _ask_for_the_right(by: Actor) -> None:
    if not may_edit_fields(by):
        raise NotAllowed(_("You may not change what people are asked about themselves."))


def _new_field() -> ProfileField:
    count = ProfileField.objects.count()
    if ProfileField.objects.asked().count() >= MOST:
        raise Invalid(_("Thirty fields are more than anybody fills in. Archive one first."), field="label")
    return ProfileField(order=count)


def _check(row: ProfileField, asked: Asked) -> None:
    if not asked.label.strip():
        raise Invalid(_("A field needs a name."), field="label")
    if asked.kind in ("choice", "choices") and len(asked.choices) < 2:
        raise Invalid(_("Give at least two choices, one a line."), field="choices")
    if not row._state.adding and row.answers.exists():
        if asked.kind != row.kind:
            raise Invalid(_("People have answered this already: archive it and ask anew."), field="kind")
        if SHOWN_TO.index(asked.shown_to) > SHOWN_TO.index(row.shown_to):
            raise Invalid(
                _("People answered this when fewer could read it: archive it and ask anew."), field="shown_to"
            )


def _set(field: ProfileField, by: Actor, **values: object) -> None:
    with transaction.atomic():
        ProfileField.objects.filter(id=field.id).update(**values)
        announce(ProfileFieldChanged(field.id), by=by)
