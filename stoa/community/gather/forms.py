"""The forms of this room. They check shape; what may be is the actions' business."""

from datetime import time
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from stoa.base.fields import WallTime
from stoa.base.shell import kept_site
from stoa.base.text import LONGEST
from stoa.community.gather.actions import FormatPlan
from stoa.community.gather.models import Event, Format
from stoa.community.gather.planning import MOST_SEATS, EventPlan
from stoa.spaces.models import Space


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


class FormatForm(forms.Form):
    """What comes round again. With `spaces`, it asks in which."""

    name = forms.CharField(
        label=_("Its name"), max_length=80, help_text=_("Monday bench, First steps, Ask an old hand.")
    )
    shape = forms.ChoiceField(
        label=_("What does it become?"), widget=forms.RadioSelect, initial=Format.Shape.TOPIC,
        choices=[(Format.Shape.TOPIC, _("A topic")), (Format.Shape.EVENT, _("An event"))],
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=[
            (Format.Rhythm.WEEKLY, _("Every week")), (Format.Rhythm.FORTNIGHTLY, _("Every two weeks")),
            (Format.Rhythm.MONTHLY, _("Every month, in its first week")),
        ],
    )  # fmt: skip
    weekday = forms.TypedChoiceField(label=_("On which day"), coerce=int, choices=list(WEEKDAYS.items()))
    at = forms.TimeField(
        label=_("At what time"), initial=time(19), widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("On the clocks of this place."),
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("For how many minutes"), min_value=5, max_value=24 * 60, initial=90)
    place = forms.CharField(label=_("Place"), max_length=200, required=False, help_text=_("Needed for an event."))
    title = forms.CharField(label=_("Title of each"), max_length=160)
    opening = forms.CharField(
        label=_("The words that each begins with"), max_length=LONGEST, strip=False, required=False,
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip
    how = forms.CharField(
        label=_("How to run it"), max_length=LONGEST, strip=False, required=False,
        widget=forms.Textarea({"rows": 5}), help_text=_("For those who run it: before, during, afterwards."),
    )  # fmt: skip
    is_resting = forms.BooleanField(label=_("It rests for now"), required=False)

    def __init__(self, *given: Any, spaces: list[Space] | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.spaces = spaces or []
        if spaces is not None:
            choices = [(each.shown_id, each.name) for each in self.spaces]
            self.fields["where"] = forms.ChoiceField(label=_("In which space?"), choices=choices)

    @classmethod
    def of(cls, format: Format) -> dict[str, Any]:
        """What stands there now."""
        kept = ("name", "shape", "rhythm", "weekday", "at", "minutes", "place", "title", "opening", "is_resting")
        return {name: getattr(format, name) for name in kept} | {"how": format.source_for_editing()}

    def space(self) -> Space:
        return next(each for each in self.spaces if each.shown_id == self.cleaned_data["where"])

    def plan(self) -> FormatPlan:
        return FormatPlan(**{name: value for name, value in self.cleaned_data.items() if name != "where"})
