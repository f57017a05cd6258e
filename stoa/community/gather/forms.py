"""The forms of this room. They check shape; what may be is the actions' business."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.base.shell import kept_site
from stoa.base.text import LONGEST
from stoa.community.gather.models import Event
from stoa.community.gather.planning import MOST_SEATS, EventPlan


class WallTime(forms.CharField):
    """A day and a time as a clock on the wall shows them, without a zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "300"})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return datetime.fromisoformat(typed[:16])
        except ValueError as wrong:
            raise forms.ValidationError(_("Give a day and a time.")) from wrong


class EventForm(forms.Form):
    """All that a host plans."""

    title = forms.CharField(label=_("Title"), max_length=160)
    starts = WallTime(label=_("Begins"))
    ends = WallTime(label=_("Ends"))
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(each, each.replace("_", " ")) for each in sorted(available_timezones())],
        help_text=_("The clock of the place where it is. Everybody sees the time in their own zone."),
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    online_address = forms.CharField(
        label=_("Online address"), max_length=500, required=False, widget=forms.URLInput,
        help_text=_("Where one joins from afar. Give a place, an online address, or both."),
    )  # fmt: skip
    online_for_going = forms.BooleanField(
        label=_("Show the online address only to those who said yes"), required=False, initial=True
    )
    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=MOST_SEATS, required=False,
        help_text=_("Empty: as many as come. When all are taken, people wait and move up by themselves."),
    )  # fmt: skip
    source = forms.CharField(label=_("What it is"), max_length=LONGEST, strip=False, required=False)

    @classmethod
    def begun(cls) -> dict[str, Any]:
        """What an empty form holds."""
        return {"zone": kept_site().zone, "online_for_going": True}

    @classmethod
    def of(cls, event: Event) -> dict[str, Any]:
        """What stands there now."""
        kept = ("title", "zone", "place", "online_address", "online_for_going", "seats")
        values = {name: getattr(event, name) for name in kept}
        walls = {"starts": event.starts_wall, "ends": event.ends_wall}
        return {**values, **walls, "source": event.source_for_editing()}

    def plan(self) -> EventPlan:
        return EventPlan(**self.cleaned_data)


class CancelForm(forms.Form):
    """Why an event is cancelled."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea({"rows": 3, "dir": "auto"}))


class CountForm(forms.Form):
    """Something reached."""

    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=1_000_000)
    note = forms.CharField(label=_("What"), max_length=200, required=False)
    day = forms.DateField(
        label=_("On which day"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=_("Empty: today."),
    )  # fmt: skip


class GoalForm(forms.Form):
    """What shall be reached."""

    sentence = forms.CharField(
        label=_("The goal in one sentence"), max_length=300, widget=forms.Textarea({"rows": 2, "dir": "auto"})
    )
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=1_000_000_000)
    unit = forms.CharField(label=_("Of what"), max_length=60, help_text=_("For example: things mended"))
    anew = forms.BooleanField(label=_("This is a new goal: begin counting at nought"), required=False)
