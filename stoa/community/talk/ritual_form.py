"""The form of a ritual: its words, and when it opens."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from stoa.base.text import LONGEST
from stoa.community.talk.looks import KINDS
from stoa.community.talk.models import Topic
from stoa.community.talk.models.ritual import Ritual
from stoa.community.talk.planning import RitualPlan


class RitualForm(forms.Form):
    """A topic that opens again and again: its words, and when."""

    title = forms.CharField(
        label=_("Title of each"), max_length=160,
        help_text=_("{date}, {week} and {month} stand for the day, the number of the week and the month when it opens."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What is it?"), initial=Topic.Kind.DISCUSSION,
        choices=lambda: [(key, each.label()) for key, each in KINDS.items() if key != "poll"],
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=_("How often?"), initial=Ritual.Rhythm.WEEKLY, widget=forms.RadioSelect,
        choices=[
            (Ritual.Rhythm.WEEKLY, _("Every week")), (Ritual.Rhythm.FORTNIGHTLY, _("Every two weeks")),
            (Ritual.Rhythm.WEEKDAY, _("Every month, on a weekday")), (Ritual.Rhythm.MONTHLY, _("Every month, on a day")),
        ],
    )  # fmt: skip
    place = forms.TypedChoiceField(
        label=_("Which of the month"), coerce=int, required=False, initial=1,
        choices=[(1, _("the first")), (2, _("the second")), (3, _("the third")), (4, _("the fourth")), (-1, _("the last"))],
    )  # fmt: skip
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), coerce=int, required=False, initial=0, choices=list(WEEKDAYS.items())
    )
    day = forms.IntegerField(
        label=_("Day of the month"), min_value=1, max_value=31, required=False, initial=1,
        help_text=_("A month that is shorter has its last day."),
    )  # fmt: skip
    at = forms.TimeField(
        label=_("At what time?"), initial=time(9), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=200, help_text=_("Up to five, with commas between them.")
    )
    source = forms.CharField(label=_("Text of each"), max_length=LONGEST, strip=False)

    @classmethod
    def of(cls, ritual: Ritual) -> dict[str, Any]:
        """What stands there now."""
        kept = {name: getattr(ritual, name) for name in ("title", "kind", "rhythm", "place", "weekday", "day", "at")}
        return {**kept, "tags": ", ".join(ritual.tags.split()), "source": ritual.source_for_editing()}

    def plan(self) -> RitualPlan:
        given = self.cleaned_data
        days = {"place": given["place"] or 1, "weekday": given["weekday"] or 0, "day": given["day"] or 1}
        return RitualPlan(**{**given, **days})
