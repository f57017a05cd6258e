"""Forms: joining, one's profile, the purpose, the questions at the door."""

from datetime import time
from zoneinfo import available_timezones

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stoa.base import clock
from stoa.people.actions.fields import Asked
from stoa.people.actions.joining import sign_up
from stoa.people.actions.profile import Profile
from stoa.people.actions.words import words_in
from stoa.people.claims import proof_by
from stoa.people.models import Account, Person, ProfileField, SignUp


class JoinForm(forms.Form):
    """What our own form adds to address and password: a name, and how they came (in the form, never in a cookie)."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What people call you here."))
    via = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    invitation = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    field_order = ["name", "email", "password1", "via", "invitation"]

    def signup(self, request: HttpRequest, account: Account) -> None:
        """What the sign-in library calls once the account is there."""
        given = self.cleaned_data
        proof = proof_by(given["invitation"], account.email)
        if proof != SignUp.Proof.LETTER:
            get_adapter().stash_verified_email(request, account.email)
        sign_up(
            account, name=given["name"], via=given["via"], invitation=given["invitation"],
            language=get_language() or "en", proof=proof,
        )  # fmt: skip


class QuietForm(forms.Form):
    """From when until when no mail comes."""

    start = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))

    def clean_end(self) -> time:
        """Quiet hours are some hours."""
        end: time = self.cleaned_data["end"]
        if end == self.cleaned_data.get("start"):
            raise forms.ValidationError(_("Quiet hours end at another time than they begin."))
        return end


class ProfileForm(forms.Form):
    """What a person says about themselves."""

    name = forms.CharField(label=_("Name"), max_length=80)
    bio = forms.CharField(label=_("About you"), max_length=2000, required=False, widget=forms.Textarea({"rows": 5}))
    helps_with = forms.CharField(
        label=_("What you help with"),
        max_length=200,
        required=False,
        help_text=_("With commas between them: sewing machines, zips. People find you by these."),
    )
    looks_for = forms.CharField(
        label=_("What you look for"),
        max_length=200,
        required=False,
        help_text=_("With commas between them. People who help with it can find you."),
    )
    interests = forms.CharField(
        label=_("Interests"), max_length=800, required=False, help_text=_("With commas between them.")
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(each, each.replace("_", " ")) for each in sorted(available_timezones())]
    )
    shown_to = forms.ChoiceField(
        label=_("Who sees your profile"), widget=forms.RadioSelect,
        choices=[("members", _("Members")), ("everyone", _("Everyone, visitors too"))],
    )  # fmt: skip

    welcomes = forms.BooleanField(
        label=_("I am glad to welcome newcomers"),
        required=False,
        help_text=_(
            "Somebody new who shares an interest with you may be offered to meet you, and the team may introduce you."
        ),
    )

    away_until = forms.DateField(
        label=_("Away until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day on which you are back. Until then it stands on your profile and mail that can wait waits; notices are kept."),
    )  # fmt: skip

    @classmethod
    def of(cls, person: Person) -> "ProfileForm":
        """Filled with what stands there now."""
        return cls(
            initial={
                "name": person.name, "bio": person.bio, "helps_with": person.helps_with,
                "looks_for": person.looks_for, "zone": person.zone,
                "interests": ", ".join(person.interests), "shown_to": person.shown_to,
                "welcomes": person.welcomes,
                "away_until": person.away_until if person.is_away_at(clock.now()) else None,
            }
        )  # fmt: skip

    def profile(self) -> Profile:
        given = {**self.cleaned_data, "interests": tuple(words_in(self.cleaned_data["interests"]))}
        return Profile(**given)


class LinkForm(forms.Form):
    """An address for one's profile. What it may be is the action's business, which takes one without its https too."""

    address = forms.CharField(
        label=_("Web address"), max_length=500, help_text=_("Of a page of yours: a site, or your profile elsewhere."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "url", "dir": "ltr"}),
    )  # fmt: skip


class PurposeForm(forms.Form):
    """One sentence."""

    sentence = forms.CharField(label=_("What this place is for, in one sentence"), max_length=300)


class QuestionForm(forms.Form):
    """A question at the door, in one language."""

    label = forms.CharField(label=_("Question"), max_length=200)
    hint = forms.CharField(label=_("A word of help"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=[("text", _("Free words")), ("interests", _("Interests"))]
    )
    is_required = forms.BooleanField(label=_("Has to be answered"), required=False)


class FieldForm(forms.Form):
    """What people are asked to say about themselves: one field."""

    label = forms.CharField(label=_("Name of the field"), max_length=120)
    hint = forms.CharField(label=_("A word of help"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of answer"),
        choices=[
            ("short", _("A few words")), ("long", _("A longer text")), ("choice", _("One of several choices")),
            ("choices", _("Any of several choices")), ("link", _("A link")),
        ],
    )  # fmt: skip
    choices = forms.CharField(
        label=_("Choices"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line, where the answer is a choice."),
    )  # fmt: skip
    shown_to = forms.ChoiceField(
        label=_("Who sees the answers"), widget=forms.RadioSelect, initial="members",
        choices=[
            ("everyone", _("Everyone who sees the profile")), ("members", _("Members")),
            ("staff", _("The team")), ("self", _("Nobody but whoever answers")),
        ],
        help_text=_("Once somebody has answered, fewer can be allowed to see it, never more."),
    )  # fmt: skip
    asked = forms.ChoiceField(
        label=_("When it is asked"), widget=forms.RadioSelect, initial="later",
        choices=[
            ("sign_up", _("When joining")), ("later", _("On one's profile")),
            ("everyone", _("When joining, and of everyone who is here, once")),
        ],
    )  # fmt: skip

    @classmethod
    def of(cls, field: ProfileField | None) -> "FieldForm":
        if field is None:
            return cls()
        names = ("label", "hint", "kind", "shown_to", "asked")
        return cls(initial={**{name: getattr(field, name) for name in names}, "choices": "\n".join(field.choices)})

    def asked_for(self) -> tuple[str, ...]:
        lines = (" ".join(line.split())[:120] for line in self.cleaned_data["choices"].splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))[:60]

    def as_asked(self) -> Asked:
        return Asked(**{**self.cleaned_data, "choices": self.asked_for()})
