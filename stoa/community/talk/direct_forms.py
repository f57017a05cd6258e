"""The forms of direct messages. They check shape; what may be is the actions' business."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.base.text import LONGEST
from stoa.community.talk.models import DirectWish
from stoa.community.talk.models.exchange import LONGEST_NAME


class MessageForm(forms.Form):
    """One message."""

    source = forms.CharField(label=_("Your message"), max_length=LONGEST, strip=False)


class NewExchangeForm(MessageForm):
    """The first message, to people who are chosen beside it; a group may be named."""

    name = forms.CharField(
        label=_("Name of the group"), max_length=LONGEST_NAME, required=False,
        help_text=_("Without one it is called by who is in it."),
    )  # fmt: skip


class NameForm(forms.Form):
    """What a group is called."""

    name = forms.CharField(
        label=_("Name of the group"), max_length=LONGEST_NAME, required=False,
        help_text=_("Without one it is called by who is in it."),
    )  # fmt: skip


class WishForm(forms.Form):
    """Who may write to oneself."""

    who = forms.ChoiceField(
        label=_("Direct messages come to you from"), widget=forms.RadioSelect,
        choices=[
            (DirectWish.Who.ANYONE, _("Anyone here")),
            (DirectWish.Who.KNOWN, _("People whom I know; others may ask with one message")),
            (DirectWish.Who.NOBODY, _("Nobody")),
        ],
    )  # fmt: skip
