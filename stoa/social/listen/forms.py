"""The forms of a conversation."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.base import clock
from stoa.social.listen.models.conversation import MATTERS
from stoa.social.listen.words import matter_word

LONG = [
    ("1", _("one hour")),
    ("3", _("three hours")),
    ("24", _("a day")),
    ("72", _("three days")),
    ("168", _("a week")),
]


class ClosureForm(forms.Form):
    """Why nothing more is needed."""

    reason = forms.CharField(
        label=_("Why no answer is needed"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class SnoozeForm(forms.Form):
    """For how long it is put aside."""

    hours = forms.ChoiceField(label=_("Put it aside for"), choices=LONG, initial="24")

    def until(self) -> datetime:
        return clock.now() + timedelta(hours=int(self.cleaned_data["hours"]))


class MatterForm(forms.Form):
    """What it is about."""

    matter = forms.ChoiceField(
        label=_("What it is about"), required=False, choices=lambda: [(each, matter_word(each)) for each in MATTERS]
    )
