"""Forms: a newsletter, a list that is brought along, a trial."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.social.networks.newsletter.home.actions.newsletters import Said
from stoa.social.networks.newsletter.home.models import Newsletter

WORDS = ("name", "description", "sender", "reply_to", "imprint", "is_open", "is_shown")


class NewsletterForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("What it brings"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("And how often it comes. People read this before they subscribe."),
    )  # fmt: skip
    sender = forms.CharField(
        label=_("Who sends it"), max_length=120, help_text=_("The name that stands beside each mail.")
    )
    reply_to = forms.EmailField(label=_("Address for answers"), help_text=_("Somebody should read what comes there."))
    imprint = forms.CharField(
        label=_("Imprint"),
        max_length=500,
        help_text=_("Whose it is and a postal address. It stands at the foot of each mail."),
    )
    is_open = forms.BooleanField(label=_("Anybody may subscribe on its page"), required=False, initial=True)
    is_shown = forms.BooleanField(
        label=_("Its issues can be read on its page by everybody"), required=False, initial=True
    )

    @classmethod
    def of(cls, newsletter: Newsletter) -> NewsletterForm:
        return cls(initial={name: getattr(newsletter, name) for name in WORDS})

    @property
    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in WORDS})


class NewNewsletterForm(NewsletterForm):
    handle = forms.CharField(
        label=_("Short name"), max_length=40,
        help_text=_("Part of its address, for good: small letters, digits and - between them."),
    )  # fmt: skip
    field_order = ("name", "handle", *WORDS[1:])


class BringingForm(forms.Form):
    """`file` or `list`; how they agreed."""

    file = forms.FileField(label=_("A file (CSV or plain text)"), required=False)
    list = forms.CharField(
        label=_("Or the addresses themselves"), required=False, max_length=1_000_000, widget=forms.Textarea({"rows": 8}),
        help_text=_("One in each line. Names and other columns are not kept."),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("Have they agreed?"), widget=forms.RadioSelect, initial="ask",
        choices=[
            ("ask", _("Ask each of them by mail; nobody gets it before they agree")),
            ("attest", _("They have agreed already, and I can say where and how")),
        ],
    )  # fmt: skip
    statement = forms.CharField(
        label=_("Where and how they agreed"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Kept with your name and today's date, in case somebody asks."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("file"):
            given["list"] = given["file"].read(1_000_001).decode("utf-8-sig", "replace")
        if not (given.get("list") or "").strip() and not self.errors:
            self.add_error("list", _("Choose a file, or enter addresses."))
        if given.get("how") == "attest" and len((given.get("statement") or "").strip()) < 10:
            self.add_error("statement", _("Say where and how these people agreed to get this."))
        return given


class TrialForm(forms.Form):
    title = forms.CharField(
        label=_("Subject"),
        max_length=120,
        required=False,
        help_text=_("Of a post, its first line where that is short."),
    )
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea({"rows": 10}))
