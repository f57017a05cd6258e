"""A search as its address holds it: what is asked, what it is narrowed to, and under whose sight."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stoa.base import ids, search
from stoa.base.actors import Actor
from stoa.base.search import Within
from stoa.community.talk.models.tag import normalised
from stoa.people.models import Person
from stoa.spaces.models import Space

LONGEST = 10_000
ANSWERS = {
    "answered": gettext_lazy("Has an answer"),
    "settled": gettext_lazy("Has an accepted answer"),
    "waiting": gettext_lazy("Waits for an answer"),
}
ORDERS = {"": gettext_lazy("What fits best first"), "latest": gettext_lazy("The latest first")}


class SearchForm(forms.Form):
    """What a search can be narrowed to; choices and names are those that the actor may know."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    space = forms.ChoiceField(label=gettext_lazy("In the space"), required=False)
    by = forms.CharField(label=gettext_lazy("Written by"), required=False, max_length=80)
    tag = forms.CharField(label=gettext_lazy("With the tag"), required=False, max_length=80)
    answer = forms.ChoiceField(label=gettext_lazy("Answers"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From the day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("Until the day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    order = forms.ChoiceField(label=gettext_lazy("Order"), required=False, choices=list(ORDERS.items()))

    def __init__(self, asked: Mapping[str, str], actor: Actor) -> None:
        super().__init__(asked, auto_id="search-%s")
        self.actor = actor
        self.people: dict[str, str] = {}
        spaces = Space.objects.readable_by(actor).living().order_by("name", "id")
        self.spaces = {space.shown_id: space.name for space in spaces}
        for name, empty, choices in (
            ("kind", _("Everything"), [(kind.name, kind.label()) for kind in search.kinds()]),
            ("space", _("Any"), list(self.spaces.items())),
            ("answer", _("With and without"), list(ANSWERS.items())),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", empty), *choices]

    def clean_tag(self) -> str:
        """As tags are kept; what names none narrows to nothing."""
        return normalised(self.cleaned_data["tag"])

    def clean_by(self) -> Person | None:
        asked = self.cleaned_data["by"]
        if not asked:
            return None
        known = Person.objects.visible_to(self.actor)
        if number := ids.read(asked):
            found = list(known.filter(id=number))
        else:
            found = list(known.filter(folded__startswith=asked.casefold()).order_by("folded", "id")[:4])
            found = [one for one in found if one.folded == asked.casefold()] or found
        if not found:
            raise ValidationError(_("Nobody whose name begins so is shown to you."))
        if len(found) > 1:
            raise ValidationError(
                _("Several names begin so: %(names)s. Write more of it.")
                % {"names": ", ".join(one.name for one in found[:3])}
            )
        return found[0]


@dataclass(frozen=True)
class Chip:
    """One thing that a search is narrowed to, and the address without it."""

    label: str
    without: str


class Question:
    """A search, read for one actor. What cannot be read narrows to nothing and stands in the form as an error."""

    def __init__(self, asked: Mapping[str, str], actor: Actor) -> None:
        self.text = asked.get("q", "").strip()[:LONGEST]
        self.zone = ZoneInfo(actor.zone)
        names = SearchForm.base_fields
        self._asked = {name: asked[name].strip()[:100] for name in names if asked.get(name, "").strip()}
        self.form = SearchForm(self._asked, actor)
        self.is_valid = self.form.is_valid()

    @cached_property
    def is_empty(self) -> bool:
        return not self.text and not self.chips

    @property
    def is_latest(self) -> bool:
        return self.form.cleaned_data.get("order") == "latest"

    @cached_property
    def within(self) -> Within:
        """As `base.search` asks it."""
        told = self.form.cleaned_data
        kind = search.kind_of(told.get("kind") or "")
        space, by = told.get("space"), told.get("by")
        facets = [f"tag:{tag}"] if (tag := told.get("tag")) else []
        facets += [answer] if (answer := told.get("answer")) else []
        until: date | None = told.get("until")
        return Within(
            keys=kind.keys if kind else (),
            facets=(*(kind.facets if kind else ()), *facets),
            scope=ids.read(space) if space else None,
            by_id=by.id if by else None,
            since=self._midnight(told.get("since")),
            until=self._midnight(until + timedelta(days=1)) if until and until < date.max else None,
        )

    @cached_property
    def chips(self) -> list[Chip]:
        """What it is narrowed to, in words."""
        told = self.form.cleaned_data
        kind, by = search.kind_of(told.get("kind") or ""), told.get("by")
        since, until = told.get("since"), told.get("until")
        words = {
            "kind": kind.label() if kind else "",
            "space": _("In %(space)s") % {"space": self.form.spaces.get(told.get("space") or "")},
            "by": _("By %(name)s") % {"name": by.name if by else ""},
            "tag": f"#{told.get('tag')}",
            "answer": str(ANSWERS.get(told.get("answer") or "", "")),
            "since": _("From %(day)s") % {"day": date_format(since) if since else ""},
            "until": _("Until %(day)s") % {"day": date_format(until) if until else ""},
        }
        return [Chip(label, self.address(**{name: ""})) for name, label in words.items() if told.get(name)]

    @cached_property
    def held(self) -> dict[str, str]:
        """What its address holds, for keeping it: the text and what narrows it, as typed, the person by id."""
        told = {"q": self.text[:1000], **self._asked}
        by = self.form.cleaned_data.get("by")
        return {name: value for name, value in {**told, **({"by": by.shown_id} if by else {})}.items() if value}

    def address(self, **changed: str) -> str:
        """Where this search is found, with something changed or, by an empty text, left out."""
        held = {name: value for name, value in {**self.held, **changed}.items() if value}
        return f"{reverse('talk:search')}?{urlencode(held)}" if held else reverse("talk:search")

    def only_since(self, moment: datetime, numbers: tuple[int, int]) -> Within:
        """The same for what became findable between two ids and is not older than `moment`."""
        since = max(moment, self.within.since) if self.within.since else moment
        return replace(self.within, since=since, ids=numbers)

    def _midnight(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time(), self.zone) if day else None
