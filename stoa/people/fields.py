"""Fields of profiles as forms and pages read them."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.people.actions.fields import answer_fields
from stoa.people.door import Step
from stoa.people.models import DoorPass, Person, ProfileAnswer, ProfileField

PASSED = "asked-"

AUDIENCES: dict[str, Callable[[], str]] = {
    "self": lambda: _("Shown to nobody but you."),
    "staff": lambda: _("Shown to the team."),
    "members": lambda: _("Shown to members."),
    "everyone": lambda: _("Shown to whoever may see your profile."),
}


def form_of(fields: Iterable[ProfileField], typed: QueryDict | None, said: dict[int, list[str]]) -> forms.Form:
    """One form with an input per field, filled with what was said before."""
    form = forms.Form(typed)
    for field in fields:
        form.fields[f"field-{field.shown_id}"] = _input(field, said.get(field.id, []))
    return form


def answers_in(form: forms.Form, fields: Iterable[ProfileField]) -> dict[int, list[str]]:
    """What a valid form says, by field."""
    answers = {}
    for field in fields:
        value: Any = form.cleaned_data[f"field-{field.shown_id}"]
        answers[field.id] = value if isinstance(value, list) else [value]
    return answers


def said_by(person: Person) -> dict[int, list[str]]:
    """All that somebody answered, by field."""
    said: dict[int, list[str]] = {}
    for field_id, text in ProfileAnswer.objects.filter(person=person).order_by("id").values_list("field_id", "text"):
        said.setdefault(field_id, []).append(text)
    return said


def shown_answers(person: Person, actor: Actor) -> list[tuple[ProfileField, list[str]]]:
    """What this actor reads of it on their page, in the order of the fields. One query."""
    rows = ProfileAnswer.objects.visible_to(actor).filter(person=person, field__archived_at=None)
    shown: dict[int, tuple[ProfileField, list[str]]] = {}
    for row in rows.select_related("field").order_by("field__order", "field_id", "id"):
        shown.setdefault(row.field_id, (row.field, []))[1].append(row.text)
    return list(shown.values())


def open_for(person: Person) -> list[ProfileField]:
    """What is asked of everyone and what this person neither answered nor put off."""
    answered = ProfileAnswer.objects.filter(person=person, field=OuterRef("pk"))
    fields = list(ProfileField.objects.asked().filter(~Exists(answered), asked="everyone").in_order())
    steps = [PASSED + field.shown_id for field in fields]
    passed = set(DoorPass.objects.filter(person=person, step__in=steps).values_list("step", flat=True)) if steps else ()
    return [field for field in fields if PASSED + field.shown_id not in passed]


def note_as_asked(person: Person, fields: Iterable[ProfileField]) -> None:
    """They have seen the question: it does not stand in their way again."""
    for field in fields:
        DoorPass.objects.get_or_create(person=person, step=PASSED + field.shown_id)


def _input(field: ProfileField, said: list[str]) -> forms.Field:
    told = " ".join(part for part in (field.hint, AUDIENCES[field.shown_to]()) if part)
    plain: dict[str, Any] = {"label": field.label, "help_text": told, "required": False}
    offered = list(dict.fromkeys([*field.choices, *said]))
    if field.kind == "choices":
        plain |= {"choices": [(each, each) for each in offered], "initial": said}
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **plain)
    plain["initial"] = said[0] if said else ""
    if field.kind == "choice":
        return forms.ChoiceField(choices=[("", _("No answer")), *((each, each) for each in offered)], **plain)
    if field.kind == "link":
        return forms.URLField(max_length=500, assume_scheme="https", **plain)
    if field.kind == "long":
        return forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}), **plain)
    return forms.CharField(max_length=200, **plain)


def asked_at_the_door() -> list[ProfileField]:
    return list(ProfileField.objects.asked().filter(asked__in=("sign_up", "everyone")).in_order())


def is_needed(person: Person, actor: Actor) -> bool:
    return ProfileField.objects.asked().filter(asked__in=("sign_up", "everyone")).exists()


def draw(request: Request, person: Person) -> str:
    form = form_of(asked_at_the_door(), request.POST if request.method == "POST" else None, said_by(person))
    return piece(request, "people/fields.html", {"form": form})


def take(person: Person, form: QueryDict, *, by: Actor) -> None:
    """What cannot be read is drawn again by the page, with what is wrong beside it."""
    fields = asked_at_the_door()
    filled = checked(form_of(fields, form, {}))
    answer_fields(person, answers_in(filled, fields), by=by)
    note_as_asked(person, fields)


def checked(form: forms.Form) -> forms.Form:
    """The form, where nothing in it is wrong."""
    for name, errors in form.errors.items():
        raise Invalid(f"{form.fields[name].label}: {errors[0]}", field=name)
    return form


STEP = Step("fields", 15, lambda: _("About you"), is_needed, draw, take)
