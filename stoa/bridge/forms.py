"""The forms of this room. They check shape; what may be is the actions' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.base import clock
from stoa.bridge.actions import Terms
from stoa.bridge.days import end_of, last_day
from stoa.bridge.models import UsageRight
from stoa.bridge.models.right import LONGEST_CREDIT
from stoa.bridge.words import own_pictures, own_words
from stoa.community.talk.models import Reply, Topic
from stoa.social.networks.models import Channel


class TermsForm(forms.Form):
    """What may be used, where, with which credit, until when."""

    words = forms.CharField(
        label=_("Which words"),
        help_text=_("The whole text or some of its lines, as they stand there."),
        max_length=10_000,
        widget=forms.Textarea({"rows": 8, "dir": "auto"}),
    )
    pictures = forms.BooleanField(label=_("And their pictures"), required=False)
    channels = forms.MultipleChoiceField(
        label=_("On which channels"),
        help_text=_("None chosen means: any of ours."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    credit = forms.CharField(
        label=_("Credit"), help_text=_("Stands in every post that uses these words."), max_length=LONGEST_CREDIT
    )
    until = forms.DateField(label=_("Until the end of"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *given: Any, has_pictures: bool = True, **named: Any) -> None:
        super().__init__(*given, **named)
        living = Channel.objects.living()
        self.fields["channels"].choices = [  # type: ignore[attr-defined]
            (channel.shown_id, f"{channel.title} ({channel.network_name})") for channel in living
        ]
        self._ids = {channel.shown_id: channel.id for channel in living}
        if not has_pictures:
            del self.fields["pictures"]

    def terms(self) -> Terms:
        given = self.cleaned_data
        channels = [self._ids[shown] for shown in given["channels"]]
        return Terms(
            given["words"], given["credit"], end_of(given["until"]), channels, bool(given.get("pictures", False))
        )


class AskForm(TermsForm):
    """The same, and what it is for."""

    purpose = forms.CharField(
        label=_("What it is for"),
        help_text=_("One sentence to the author: they decide by it."),
        max_length=300,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    field_order = ["purpose", "words", "pictures", "channels", "credit", "until"]

    @classmethod
    def of(cls, subject: Topic | Reply, *given: Any) -> "AskForm":
        """Filled in with the whole text, the author's name and a year."""
        initial = {
            "words": own_words(subject.html),
            "credit": subject.author.name,
            "until": clock.now().date().replace(year=clock.now().year + 1, day=min(clock.now().day, 28)),
        }
        return cls(*given, initial=initial, has_pictures=bool(own_pictures(subject.html)))


def narrowing(right: UsageRight, *given: Any) -> TermsForm:
    """What was asked for, for the author to change."""
    initial = {
        "words": right.words, "pictures": right.pictures, "credit": right.credit, "until": last_day(right.until),
        "channels": [channel.shown_id for channel in Channel.objects.filter(id__in=right.channels)],
    }  # fmt: skip
    return TermsForm(*given, initial=initial, has_pictures=bool(own_pictures(right.subject.html)))


class CampaignForm(forms.Form):
    """A new campaign."""

    name = forms.CharField(label=_("Name"), max_length=120)
    goal = forms.CharField(label=_("Goal"), help_text=_("What it is to reach, in one sentence."), max_length=300)
    joins_wanted = forms.IntegerField(label=_("How many should join"), min_value=1, required=False)
    words = forms.CharField(
        label=_("Words above the form"),
        help_text=_("For those who come through its links to join."),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    starts = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    ends = forms.DateField(label=_("Until the end of"), widget=forms.DateInput({"type": "date"}))


class LinkForm(forms.Form):
    """A link made by hand."""

    label = forms.CharField(label=_("Where it hangs"), help_text=_("A poster, a letter, a profile."), max_length=100)
    target = forms.CharField(label=_("Where it leads"), initial="/join/", max_length=500)


class LoopForm(forms.Form):
    """A topic from a conversation."""

    space = forms.ChoiceField(label=_("In which space"))
    title = forms.CharField(label=_("Title"), max_length=160)
    source = forms.CharField(
        label=_("Text"),
        help_text=_("In your own words. Their post is named by its address; their text stays there."),
        max_length=10_000,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
    )


class ToldForm(forms.Form):
    """What goes back to where somebody asked."""

    text = forms.CharField(label=_("Your answer"), max_length=3000, widget=forms.Textarea({"rows": 4, "dir": "auto"}))
