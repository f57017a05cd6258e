"""The form of a boost: from when, until when, what was set aside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.social.publish.actions import Boosting
from stoa.social.publish.forms import WallField

WALL = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


def wall() -> forms.DateTimeInput:
    return forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class BoostForm(forms.Form):
    """Wall times are those of the organisation."""

    starts = WallField(
        label=_("From"), required=False, input_formats=WALL, widget=wall(), help_text=_("Empty: from now on.")
    )
    ends = WallField(
        label=_("Until"), required=False, input_formats=WALL, widget=wall(),
        help_text=_("Empty: until you say that it is over."),
    )  # fmt: skip
    budget = forms.DecimalField(label=_("Budget"), required=False, min_value=0, max_digits=10, decimal_places=2)
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3, help_text=_("Three letters, as EUR."))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("To whom it is shown, who pays, where it was set up."),
    )

    def said(self) -> Boosting:
        return Boosting(**self.cleaned_data)
