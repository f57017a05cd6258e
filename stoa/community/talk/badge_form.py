"""The form of a badge that is given by hand."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.things import Reference
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.models.badge import LONGEST_NAME, LONGEST_WORDS
from stoa.spaces.models import Space


class BadgeForm(forms.Form):
    """A name, what it is for, where it holds, and perhaps the topic or reply that it is about."""

    name = forms.CharField(label=_("Name of the badge"), max_length=LONGEST_NAME)
    words = forms.CharField(
        label=_("What it is for"), max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 3}),
        help_text=_("Said to them: what they did, and whom it helped."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Where it holds"))
    about = forms.CharField(
        label=_("Address of a topic or a reply"), required=False, max_length=500,
        help_text=_("Where one can see it. Whoever does not see that does not see the badge."),
        widget=forms.TextInput({"inputmode": "url", "dir": "ltr"}),
    )  # fmt: skip

    def __init__(self, typed: QueryDict | None, spaces: Sequence[Space], everywhere: bool) -> None:
        super().__init__(typed)
        self.spaces = {space.shown_id: space for space in spaces}
        choices = [("everywhere", gettext("In the whole place"))] if everywhere else []
        choices += [(key, space.name) for key, space in self.spaces.items()]
        self.fields["place"] = forms.ChoiceField(label=_("Where it holds"), choices=choices)

    def space(self) -> Space | None:
        return self.spaces.get(self.cleaned_data["place"])

    def thing(self, actor: Actor) -> tuple[Reference, Space] | None:
        """What it is about, which the actor sees, with its space; None when nothing was said."""
        said = self.cleaned_data["about"].strip()
        if not said:
            return None
        path = said[said.find("/", said.find("://") + 3) :] if "://" in said else said
        key, number = things.of_address(path) or ("", 0)
        if key == "talk.topic":
            topic = Topic.objects.visible_to(actor).here().filter(id=number).select_related("space").first()
            if topic:
                return ("talk.topic", topic.id), topic.space
        if key == "talk.reply":
            reply = (
                Reply.objects.visible_to(actor)
                .filter(id=number, presence="here")
                .select_related("topic__space")
                .first()
            )
            if reply:
                return ("talk.reply", reply.id), reply.topic.space
        raise Invalid(gettext("There is no topic or reply here that you see at this address."), field="about")
