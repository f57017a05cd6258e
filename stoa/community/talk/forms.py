"""The forms of this room. They check shape; what may be is the actions' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.base.fields import WallTime
from stoa.base.text import LONGEST
from stoa.community.talk import levels
from stoa.community.talk.kinds import HELD, particulars_of
from stoa.community.talk.looks import KINDS, STATUSES
from stoa.community.talk.models import Poll, Topic
from stoa.community.talk.models.poll import LONGEST_OPTION, MOST_OPTIONS
from stoa.community.talk.models.tag import LONGEST_TAG
from stoa.community.talk.models.welcome import LONGEST_WELCOME
from stoa.community.talk.planning import TopicPlan
from stoa.people.models.level import LEVELS
from stoa.spaces.models import Space

WHY = _("Why did you change it?")
WHY_HELP = _("A few words for those who have read it before. Shown with what changed.")


class ReplyForm(forms.Form):
    """An answer: its text, and the reply that it answers."""

    source = forms.CharField(label=_("Your reply"), max_length=LONGEST, strip=False)
    answers = forms.CharField(required=False, max_length=13, widget=forms.HiddenInput)
    why = forms.CharField(label=WHY, required=False, max_length=120, help_text=WHY_HELP)


class TopicForm(forms.Form):
    """A new or edited topic: title and text, and what its kind begins with."""

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(
        label=_("What is it?"), initial=Topic.Kind.DISCUSSION, required=False, widget=forms.RadioSelect,
        choices=[(key, key) for key in KINDS],
    )  # fmt: skip
    source = forms.CharField(label=_("Text"), max_length=LONGEST, strip=False)
    options = forms.CharField(
        label=_("Options"), required=False, max_length=MOST_OPTIONS * (LONGEST_OPTION + 2), strip=False,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}), help_text=_("One on each line, 2 to 12."),
    )  # fmt: skip
    takes_several = forms.BooleanField(label=_("Several may be chosen"), required=False)
    shows = forms.ChoiceField(
        label=_("Results are shown"), required=False, initial=Poll.Shows.AFTER_VOTING,
        choices=[(Poll.Shows.AFTER_VOTING, _("to who has voted")), (Poll.Shows.AFTER_CLOSING, _("when it is closed"))],
    )  # fmt: skip
    open_days = forms.ChoiceField(
        label=_("Open for"), required=False, initial="7",
        choices=[("1", _("a day")), ("3", _("three days")), ("7", _("a week")), ("14", _("two weeks")),
                 ("30", _("a month")), ("0", _("until somebody closes it"))],
    )  # fmt: skip
    first_days = forms.ChoiceField(
        label=_("Stands first in the space for"), required=False, initial="7",
        choices=[("0", _("no time")), ("1", _("a day")), ("7", _("a week")), ("14", _("two weeks")), ("30", _("a month"))],
    )  # fmt: skip
    no_replies = forms.BooleanField(label=_("Takes no replies"), required=False)

    why = forms.CharField(label=WHY, required=False, max_length=120, help_text=WHY_HELP)
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=200, help_text=_("Up to five, with commas between them.")
    )
    opens = WallTime(label=_("Opens"), required=False)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Topic.Kind.DISCUSSION

    def beginning(self) -> dict[str, Any]:
        """What `open_topic` takes."""
        given = self.cleaned_data
        return {**{key: given[key] for key in ("title", "kind", "source")}, "particulars": particulars_of(given)}

    def plan(self) -> TopicPlan:
        """What `plan_topic` takes."""
        given = self.cleaned_data
        held = {name: given[name] for name in HELD}
        return TopicPlan(given["title"], given["source"], given["opens"], given["kind"], held)


class OutcomeForm(forms.Form):
    """What becomes of an idea."""

    status = forms.ChoiceField(
        label=_("What becomes of it"), widget=forms.RadioSelect, choices=lambda: [(key, each.label()) for key, each in STATUSES.items()]
    )  # fmt: skip
    source = forms.CharField(
        label=_("Your answer"), max_length=LONGEST, strip=False, required=False,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        help_text=_("Everybody who reads the idea reads this. Its author and those who voted are told."),
    )  # fmt: skip


class PinForm(forms.Form):
    """For how long a topic stands first."""

    days = forms.TypedChoiceField(
        label=_("For how long?"), coerce=int, initial="7",
        choices=[("1", _("a day")), ("7", _("a week")), ("14", _("two weeks")), ("30", _("a month")), ("90", _("three months"))],
    )  # fmt: skip


class SlowModeForm(forms.Form):
    """How often each person may reply, and for how long that holds."""

    minutes = forms.IntegerField(
        label=_("Minutes between two replies of one person"), min_value=1, max_value=24 * 60, initial=15,
        help_text=_("From one minute to a day (1440)."),
    )  # fmt: skip
    lasts = forms.TypedChoiceField(
        label=_("For how long?"), coerce=int, initial="24",
        choices=[("1", _("an hour")), ("6", _("six hours")), ("24", _("a day")), ("72", _("three days")),
                 ("168", _("a week")), ("0", _("until somebody ends it"))],
    )  # fmt: skip


class SplitForm(forms.Form):
    """The new topic into which replies go."""

    title = forms.CharField(label=_("Title of the new topic"), max_length=160)
    source = forms.CharField(label=_("What it is about"), max_length=LONGEST, strip=False)
    space = forms.CharField(label=_("Space"), max_length=13)
    and_after = forms.BooleanField(
        label=_("And everything that came after the last reply that I picked"), required=False
    )


class TagsForm(forms.Form):
    """The tags of one topic."""

    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=200, help_text=_("Up to five, with commas between them."),
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip


class TagRuleForm(forms.Form):
    """What becomes of one tag."""

    name = forms.CharField(label=_("Tag"), max_length=LONGEST_TAG)
    becomes = forms.CharField(
        label=_("Is written as"), max_length=LONGEST_TAG, required=False, help_text=_("Leave it empty to forbid the tag.")
    )  # fmt: skip


class LevelForm(forms.Form):
    """A trust level given by hand."""

    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int,
        choices=lambda: [(each, f"{each} · {levels.names(each)}") for each in LEVELS],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The person reads it, and so does everybody who looks after members."),
    )
    keep = forms.BooleanField(
        label=_("Keep it so"), required=False,
        help_text=_("Nothing that is counted changes it, until somebody gives a level again without this."),
    )  # fmt: skip


class WelcomeForm(forms.Form):
    """A welcome: its text, and where it stands when the newcomer has opened no topic."""

    space = forms.ChoiceField(label=_("Space"), required=False, choices=[])
    source = forms.CharField(label=_("Your welcome"), max_length=LONGEST, strip=False)

    def offer(self, spaces: list[Space]) -> None:
        field: Any = self.fields["space"]
        field.choices = [(each.shown_id, each.name) for each in spaces]


class SeenForm(forms.Form):
    """Whether others see that one is writing or here."""

    seen = forms.BooleanField(label=_("Members may see that I am writing, and that I was here"), required=False)


class HostForm(forms.Form):
    """A host of which no card is made."""

    host = forms.CharField(label=_("Host"), max_length=300)


class SavedWelcomeForm(forms.Form):
    """Words to begin a welcome with."""

    title = forms.CharField(label=_("Name"), max_length=80, help_text=_("By which you find it."))
    source = forms.CharField(
        label=_("Words"), max_length=LONGEST_WELCOME, strip=False, widget=forms.Textarea({"rows": 8})
    )
