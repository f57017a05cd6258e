"""The forms of this room. They check shape; what may be is the actions' business."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.base.text import LONGEST
from stoa.community.talk.models import Topic


class ReplyForm(forms.Form):
    """An answer: its text, and the reply that it answers."""

    source = forms.CharField(label=_("Your reply"), max_length=LONGEST, strip=False)
    answers = forms.CharField(required=False, max_length=13, widget=forms.HiddenInput)


class TopicForm(forms.Form):
    """A new or edited topic."""

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(Topic.Kind.DISCUSSION, _("A discussion")), (Topic.Kind.QUESTION, _("A question"))],
        initial=Topic.Kind.DISCUSSION,
        required=False,
    )
    source = forms.CharField(label=_("Text"), max_length=LONGEST, strip=False)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Topic.Kind.DISCUSSION
