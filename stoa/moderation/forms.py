"""Forms: a report, a decision, an appeal, a clause, a norm."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stoa.base import clock
from stoa.moderation.actions.decision import Verdict
from stoa.moderation.facts import Outcome
from stoa.moderation.models import Clause

OUTCOMES: list[tuple[str, str | Promise]] = [
    ("keep", _("Keep it: it is all right")),
    ("hide", _("Hide it")),
    ("warn", _("Warn the author")),
    ("quiet", _("The author may not write in this space for a while")),
    ("out", _("Take the author out of this space for a while")),
    ("suspend", _("Suspend the author in the whole community for a while")),
]
DAYS = [("1", _("1 day")), ("3", _("3 days")), ("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days"))]
HARMS = [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")]


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto"})


class CitingForm(forms.Form):
    """A form that cites a clause of the guidelines in force."""

    clause = forms.ChoiceField(label=_("Which guideline?"))

    def __init__(self, *args: Any, clauses: list[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = {clause.shown_id: clause for clause in clauses}
        said = [(key, f"{clause.number} · {clause.text}") for key, clause in self.clauses.items()]
        self.fields["clause"].choices = said  # type: ignore[attr-defined]

    @property
    def cited(self) -> Clause:
        return self.clauses[self.cleaned_data["clause"]]


class ReportForm(CitingForm):
    """What is not all right, by which guideline, and why."""

    words = forms.CharField(
        label=_("What is the matter?"), max_length=2000, required=False, widget=lines(4),
        help_text=_("Moderators read this. The author never learns who reported it."),
    )  # fmt: skip
    field_order = ["clause", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].widget = forms.RadioSelect(choices=self.fields["clause"].choices)  # type: ignore[attr-defined]


class DecisionForm(CitingForm):
    """What to do, by which guideline, and why."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=OUTCOMES, widget=forms.RadioSelect)
    hides = forms.BooleanField(label=_("Hide it too, when the author is warned or restricted"), required=False)
    days = forms.ChoiceField(
        label=_("For how long, when the author is restricted"), choices=DAYS, initial="7", required=False
    )
    relied_on = forms.CharField(
        label=_("Facts this rests on"), max_length=4000, required=False, widget=lines(2),
        help_text=_("What was said or done, where and when. The author reads it."),
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("Reasons to the author"), max_length=4000, widget=lines(4),
        help_text=_("Why this does not agree with the guideline, in words that help them do better."),
    )  # fmt: skip
    field_order = ["outcome", "hides", "days", "clause", "relied_on", "reasons"]

    def __init__(self, *args: Any, may_suspend: bool, may_restrict: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = {
            each.value for each in Outcome if not each.lasts or (may_restrict if each.is_within else may_suspend)
        }
        self.fields["outcome"].choices = [each for each in OUTCOMES if each[0] in allowed]  # type: ignore[attr-defined]
        if not (may_suspend or may_restrict):
            del self.fields["days"]

    def verdict(self) -> Verdict:
        given = self.cleaned_data
        outcome = Outcome(given["outcome"])
        until = clock.now() + timedelta(days=int(given.get("days") or 7)) if outcome.lasts else None
        return Verdict(outcome, self.cited, given["reasons"], given["relied_on"], given["hides"], until)


class AppealForm(forms.Form):
    """The author's words against a decision."""

    words = forms.CharField(label=_("What should be looked at again?"), max_length=4000, widget=lines(4))


class RulingForm(forms.Form):
    """What somebody else says of it."""

    upheld = forms.ChoiceField(
        label=_("Decision on the appeal"), widget=forms.RadioSelect,
        choices=[("yes", _("Uphold it: the first decision is undone")), ("no", _("Reject it: the decision stands"))],
    )  # fmt: skip
    reasons = forms.CharField(label=_("Reasons to the author"), max_length=4000, widget=lines(4))


class ClauseForm(forms.Form):
    """One clause of the draft."""

    number = forms.CharField(
        label=_("Number"), max_length=5, help_text=_("Like 2.1. A number that is there is worded anew.")
    )
    title = forms.CharField(label=_("Title of its part"), max_length=160)
    text = forms.CharField(label=_("What holds"), max_length=2000, widget=lines(3))
    why = forms.CharField(label=_("Why"), max_length=1000, required=False, widget=lines(2))
    harm = forms.TypedChoiceField(
        label=_("How much harm, 1 to 5"), choices=HARMS, coerce=int, initial="2",
        help_text=_("Reports are sorted by harm and wait; from 4 on they cannot wait."),
    )  # fmt: skip


class NormForm(forms.Form):
    """A norm and its example."""

    text = forms.CharField(label=_("How we talk here"), max_length=300)
    example = forms.CharField(label=_("An example"), max_length=600, widget=lines(2))
