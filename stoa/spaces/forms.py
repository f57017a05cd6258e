"""Forms: a space's settings, an invitation, an application's answer and its decision."""

from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stoa.people.actions.words import words_in
from stoa.spaces.actions.space import Settings
from stoa.spaces.models import Role, Space
from stoa.spaces.models.heading import LONGEST

SIGHT = [
    ("public", _("Public: anyone reads")),
    ("members", _("Members: any member reads")),
    ("private", _("Private: members know of it, only its own read")),
    ("secret", _("Secret: only its own and those invited know of it")),
]
JOINING = [
    ("open", _("Open: members come in by themselves")),
    ("apply", _("Apply: a steward decides")),
    ("invite", _("By invitation only")),
]


class SpaceForm(forms.Form):
    """All that a steward sets."""

    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("What it is for"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=SIGHT, widget=forms.RadioSelect, initial="members")
    joining = forms.ChoiceField(
        label=_("How people come in"), choices=JOINING, widget=forms.RadioSelect, initial="open"
    )
    question = forms.CharField(label=_("What you ask those who apply"), max_length=300, required=False)
    ask_team = forms.BooleanField(
        label=_("Ask the team: members see only their own topics, those who look after the space see all"),
        required=False,
    )
    standards = forms.CharField(
        label=_("What holds here besides the guidelines"), max_length=5000, required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Lines that begin with a dash become a check-list for whoever opens a topic here."),
    )  # fmt: skip
    norm = forms.CharField(
        label=_("How we talk here, in one sentence"), max_length=300, required=False,
        help_text=_("Put the address of a topic behind it, and that topic is shown as the example."),
    )  # fmt: skip
    interests = forms.CharField(
        label=_("Interests"), max_length=800, required=False,
        help_text=_("With commas between them. Newcomers who name one are shown this space."),
    )  # fmt: skip

    @classmethod
    def of(cls, space: Space) -> "SpaceForm":
        """Filled with what stands there now."""
        values = {name: getattr(space, name) for name in cls.base_fields}
        return cls(initial={**values, "interests": ", ".join(space.interests)})

    def settings(self) -> Settings:
        return Settings(**{**self.cleaned_data, "interests": tuple(words_in(self.cleaned_data["interests"]))})


class HeadingForm(forms.Form):
    """A heading's title."""

    title = forms.CharField(label=_("A new heading"), max_length=LONGEST)


class InvitationForm(forms.Form):
    """A link for somebody; into a space with one of the roles that its maker may give."""

    email = forms.EmailField(
        label=_("For one address"), required=False,
        help_text=_("Good for whoever has this address, and nobody else. Leave it empty for a link that you hand on yourself."),
    )  # fmt: skip
    role = forms.ChoiceField()
    uses = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=500, initial=1)
    days = forms.IntegerField(label=_("Good for how many days"), min_value=1, max_value=90, initial=14)

    def __init__(self, typed: QueryDict | None = None, roles: Sequence[Role] = ()) -> None:
        super().__init__(typed)
        if not roles:
            del self.fields["role"]
            return
        choices = [(role.key, role.label) for role in roles]
        first = next((key for key, _name in choices if key == "space.member"), choices[0][0])
        self.fields["role"] = forms.ChoiceField(label=_("They come in as"), choices=choices, initial=first)

    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class MemberInvitationForm(forms.Form):
    """A member's link: to the community, or on into one of the spaces that they are in."""

    place = forms.ChoiceField(label=_("Where it leads"))

    def __init__(self, typed: QueryDict | None, spaces: Sequence[Space]) -> None:
        super().__init__(typed)
        self.spaces = {space.shown_id: space for space in spaces}
        choices = [(key, space.name) for key, space in self.spaces.items()]
        self.fields["place"] = forms.ChoiceField(
            label=_("Where it leads"), choices=[("community", _("To the community")), *choices],
            help_text=_("A space takes them in as members, once they have joined."),
        )  # fmt: skip

    def space(self) -> Space | None:
        return self.spaces.get(self.cleaned_data["place"])
