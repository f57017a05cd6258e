"""The forms of set-up, one a page: the place, how it is run, and its owner."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from stoa.front.actions.beginning import Answers


def zone_here() -> str:
    """The zone of the machine that serves, with which the question begins; the browser's takes its place where it is known."""
    told = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    return told if told in available_timezones() else "UTC"


class PlaceForm(forms.Form):
    """Who the community is for, what they share, what they need."""

    community = forms.CharField(label=_("What is it called?"), max_length=80)
    whom = forms.CharField(
        label=_("Who is it for?"), max_length=80, help_text=_("As in: For neighbours of the river quarter, …")
    )
    share = forms.CharField(
        label=_("What do they share?"), max_length=80, help_text=_("… who share a love of old bicycles: …")
    )
    need = forms.CharField(
        label=_("What do they need?"), max_length=100, help_text=_("… a place to learn to keep them on the road.")
    )


class WayForm(forms.Form):
    """How it is run."""

    is_team = forms.ChoiceField(
        label=_("Who runs it?"), widget=forms.RadioSelect, initial="alone",
        choices=[("alone", _("I do, alone")), ("team", _("A team"))],
    )  # fmt: skip
    wings = forms.ChoiceField(
        label=_("What do you begin with?"), widget=forms.RadioSelect, initial="both",
        choices=[("both", _("Community and social media")), ("community", _("The community")), ("social", _("Social media"))],
    )  # fmt: skip
    zone = forms.ChoiceField(
        label=_("Its time zone"), initial=zone_here, widget=forms.Select({"data-behaviour": "zone"}),
        choices=lambda: [(each, each.replace("_", " ")) for each in sorted(available_timezones())],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound or "zone" in self.initial:
            self.fields["zone"].widget.attrs["data-chosen"] = "yes"


class OwnerForm(forms.Form):
    """Who its owner is. A password that was sent comes back with its page, so that mending another field does not cost it."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(label=_("Your e-mail address"))
    password = forms.CharField(
        label=_("A password"), max_length=200, strip=False, help_text=_("At least ten characters, and not a common word."),
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


PAGES: dict[str, type[forms.Form]] = {"place": PlaceForm, "way": WayForm, "owner": OwnerForm}
UNKEPT = ("password",)


def first_open(typed: Mapping[str, str]) -> str:
    """The first page whose answers are not all right yet; the owner's at the latest, since no password is kept."""
    return next((key for key, form in PAGES.items() if not form(dict(typed)).is_valid()), "owner")


def answers_of(typed: Mapping[str, str], owner: forms.Form) -> Answers:
    """All answers; sentences lose their full stop, so that they fit into one. Whoever asks made sure that every page is right."""
    given: dict[str, Any] = {}
    for form in (PlaceForm(dict(typed)), WayForm(dict(typed)), owner):
        form.is_valid()
        given |= form.cleaned_data
    for name in ("whom", "share", "need"):
        given[name] = given[name].strip().rstrip(".")
    return Answers(**{**given, "is_team": given["is_team"] == "team"})
