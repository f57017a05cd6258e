"""What the gallery of components shows: invented people with long names, none, one and many of everything."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from stoa.base import charts, clock
from stoa.base.charts.figure import percent

PROSE = Markup(
    "<h2>What I tried</h2><p>I took the <strong>slider</strong> off with <code>pliers</code> and closed it by half a "
    "millimetre. It <a href='#'>holds since Tuesday</a>.</p><ul><li>Clean the teeth with a dry brush</li><li>A little "
    "candle wax, no oil</li></ul><blockquote><p>Never pull at an angle.</p></blockquote>"
)


class Sample(forms.Form):
    """A form with each kind of field."""

    name = forms.CharField(label=_("Your name"), help_text=_("As others here will see it."))
    bio = forms.CharField(label=_("About you"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    space = forms.ChoiceField(label=_("Space"), choices=[("a", "Sewing"), ("b", "Electrics"), ("c", "Bicycles")])
    interests = forms.MultipleChoiceField(
        label=_("What would you like to mend?"),
        choices=[("a", "Clothes and shoes"), ("b", "Lamps and kettles"), ("c", "Bicycles"), ("d", "Wood")],
        widget=forms.CheckboxSelectMultiple,
    )
    often = forms.ChoiceField(
        label=_("Mail from us"), choices=[("a", "At once"), ("b", "Once a day")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label=_("I have read the guidelines"))


def sample() -> dict[str, Any]:
    """The values that the gallery's template draws."""
    now = clock.now()
    people = [
        {"name": "Ines Okonkwo-Lindqvist", "note": "sewing machines · usually answers the same day"},
        {"name": "Tomasz Wiśniewski", "note": "zips, straps, anything with a needle"},
        {"name": "ליאורה בן־דוד", "note": "נגרות ורהיטים ישנים"},
        {"name": "Amara", "note": "new here"},
        {"name": "Maximiliana Featherstonehaugh-Papadopoulos the Younger", "note": "clocks"},
        {"name": "Yuki", "note": "ceramics, slowly"},
    ]
    return {
        "now": now,
        "times": [now - timedelta(minutes=38), now - timedelta(hours=19), now - timedelta(days=40)],
        "faces": people,
        "form": Sample(initial={"name": "Amara"}),
        "broken_form": Sample({"name": "", "interests": [], "space": "a"}),
        "prose": PROSE,
        "work": [("social", "@kettlefan", True), ("community", "Amara", False), ("bridge", "", False)],
        "channels": [["Plaza · Guild", "1,310", "64"], ["Plaza · Quiet", None, "0"]],
        "drawn": drawn(),
    }


def drawn() -> dict[str, Any]:
    """One chart of each kind, with a gap, a break, an absent value."""
    now = clock.now()
    weeks = [12, 18, 15, None, 30, 28, 37, 31, 40]
    points = [
        charts.Point(f"W{index + 30}", each, each and each * 0.7, each and each * 1.3, breaks=index == 6)
        for index, each in enumerate(weeks)
    ]
    steps = [
        charts.Step("Reach", None, absent="not offered by this network"),
        charts.Step("Visits", 1310),
        charts.Step("Joined", 64, "4.9 % of visits"),
        charts.Step("Answered within 7 days", 41, "64 %"),
        charts.Step("Here after 30 days", 23, "36 %, 25–48 %"),
    ]
    rows = [
        charts.Bar("Plaza · Guild", 0.36, 0.25, 0.48, "23 of 64"),
        charts.Bar("Plaza · Repair evenings", 0.52, 0.34, 0.69),
        charts.Bar("Plaza · Quiet", None),
    ]
    day = now.replace(hour=0, minute=0)
    moments = [
        charts.Moment(day + timedelta(hours=9), "Prompt of the week"),
        charts.Moment(day + timedelta(hours=12, minutes=30), "Post: kettle, before and after", open=True),
        charts.Moment(day + timedelta(hours=19), "Repair evening, Hall 3", open=True),
    ]
    waits = [(0.5, 0.9), (2, 0.7), (6, 0.52), (19, 0.41), (40, 0.3)]
    band = [(time, share - 0.1, min(1, share + 0.1)) for time, share in waits]
    return {
        "line": charts.line("Things mended each week", points, note="Counted anew since W36.", wing="community"),
        "funnel": charts.funnel("From post to belonging", steps, wing="bridge"),
        "bars": charts.bars("Still here after 30 days", rows, words=percent, most=1, wing="social"),
        "strip": charts.strip("Going out today", moments, start=day, end=day + timedelta(days=1), wing="social"),
        "survival": charts.survival(
            "Until the first answer", waits, until=48, unit="h", median=19, band=band, wing="community"
        ),
        "none": charts.line("Nothing yet", [charts.Point("W30", None), charts.Point("W31", None)]),
    }
