"""The form of set-up."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from stoa.front.actions.beginning import Answers


class SetUpForm(forms.Form):
    """Five questions about the place, and who its owner is."""

    community = forms.CharField(label=_("What is it called?"), max_length=80)
    whom = forms.CharField(label=_("Who is it for?"), max_length=80, help_text=_("Neighbours of the river quarter."))
    share = forms.CharField(label=_("What do they share?"), max_length=80, help_text=_("A love of old bicycles."))
    need = forms.CharField(
        label=_("What do they need?"), max_length=100, help_text=_("Learn to keep them on the road.")
    )
    is_team = forms.TypedChoiceField(
        label=_("Who runs it?"), coerce=lambda value: value == "team", widget=forms.RadioSelect, initial="alone",
        choices=[("alone", _("I do, alone")), ("team", _("A team"))],
    )  # fmt: skip
    wings = forms.ChoiceField(
        label=_("What do you begin with?"), widget=forms.RadioSelect, initial="both",
        choices=[("both", _("Community and social media")), ("community", _("The community")), ("social", _("Social media"))],
    )  # fmt: skip
    zone = forms.ChoiceField(
        label=_("Its time zone"), initial="UTC",
        choices=lambda: [(each, each.replace("_", " ")) for each in sorted(available_timezones())],
    )  # fmt: skip
    name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(label=_("Your e-mail address"))
    password = forms.CharField(
        label=_("A password"), widget=forms.PasswordInput(render_value=False),
        help_text=_("At least ten characters, and not a common word."),
    )  # fmt: skip

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def answers(self) -> Answers:
        """What was typed; sentences lose their full stop, so that they fit into one."""
        given: dict[str, Any] = dict(self.cleaned_data)
        for name in ("whom", "share", "need"):
            said = given[name].strip().rstrip(".")
            given[name] = said[:1].lower() + said[1:]
        return Answers(**given)
