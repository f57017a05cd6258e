"""The form of a schedule: how often its post goes out, when, where and until when."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from stoa.base.recurring import MONTHLY, WEEKDAY, WEEKLY
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Schedule
from stoa.social.publish.models.schedule import MOST_EVERY, days_of
from stoa.social.publish.repeating import SchedulePlan


class ScheduleForm(forms.Form):
    """`zone` is not asked: it is that of the organisation, or the one in which the schedule was made."""

    channels = forms.MultipleChoiceField(label=_("Where it goes"), widget=forms.CheckboxSelectMultiple)
    rhythm = forms.ChoiceField(
        label=_("How often?"), initial=WEEKLY, widget=forms.RadioSelect,
        choices=[(WEEKLY, _("Weekly")), (MONTHLY, _("Monthly, on a day")), (WEEKDAY, _("Monthly, on a weekday"))],
    )  # fmt: skip
    every = forms.IntegerField(
        label=_("Every"), min_value=1, max_value=MOST_EVERY, initial=1,
        help_text=_("1 is each week or month, 2 every second one."),
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"), coerce=int, required=False, choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
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
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: from now on."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day. Empty: until somebody stops it."),
    )  # fmt: skip
    most = forms.IntegerField(
        label=_("How many times in all"), required=False, min_value=1, max_value=1000, help_text=_("Empty: without end."),
    )  # fmt: skip

    def __init__(self, channels: Iterable[Channel], *args: Any, zone: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        self.known = {channel.shown_id: channel for channel in channels}
        choices = [(key, f"{channel.title} · {channel.network_name}") for key, channel in self.known.items()]
        self.fields["channels"].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def of(cls, schedule: Schedule) -> dict[str, Any]:
        """What stands there now."""
        names = ("rhythm", "every", "place", "day", "at", "since", "until", "most")
        days = list(days_of(schedule.weekdays))
        channels = [each.channel.shown_id for each in schedule.places.select_related("channel")]
        kept = {name: getattr(schedule, name) for name in names}
        return {**kept, "channels": channels, "weekdays": days, "weekday": days[0]}

    @classmethod
    def first(cls, channels: Iterable[Channel], wall: datetime | None, day: int) -> dict[str, Any]:
        """What a new one begins with: the channels and the hour of its post, on the weekday of today."""
        at = wall.time() if wall else time(9)
        return {"channels": [each.shown_id for each in channels], "at": at, "weekdays": [day], "weekday": day}

    def plan(self) -> SchedulePlan:
        given = self.cleaned_data
        is_one = given["rhythm"] == WEEKDAY
        days = (given["weekday"] or 0,) if is_one else tuple(given["weekdays"])
        return SchedulePlan(
            channels=tuple(self.known[key] for key in given["channels"]), rhythm=given["rhythm"], at=given["at"],
            weekdays=days or ((0,) if given["rhythm"] == MONTHLY else ()), every=given["every"], place=given["place"] or 1,
            day=given["day"] or 1, zone=self.zone, since=given["since"], until=given["until"], most=given["most"],
        )  # fmt: skip
