"""Forms of this room: the composer, and reasons."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stoa.base import ids
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import Draft, VariantDraft
from stoa.social.publish.actions.rewriting import words_of
from stoa.social.publish.material import Shown
from stoa.social.publish.models import Delivery, Post, Variant
from stoa.social.publish.picturing import shown_pictures

ZONE_LENGTH = 60


class WallField(forms.DateTimeField):
    """A wall time without a zone: also one that the clocks skip or show twice, for the plan says what such a time means."""

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            found = super().to_python(value)
        return found.replace(tzinfo=None) if found else None


class ComposeForm(forms.Form):
    """What all variants share, and the text of each channel that has its own."""

    channels = forms.MultipleChoiceField(label=_("Where it goes"), widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=_("Text for all channels"), max_length=10_000, required=False, strip=False,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
    )  # fmt: skip
    target = forms.CharField(
        label=_("Where it leads"), max_length=1000, required=False,
        help_text=_("A page here (/join/) or an address. Each channel gets its own tracked link to it."),
    )  # fmt: skip
    card_title = forms.CharField(label=_("Title of the link card"), max_length=200, required=False)
    picture = forms.FileField(
        label=_("Add a picture or a video"), required=False,
        widget=forms.FileInput({"accept": "image/*,video/mp4,video/quicktime,video/webm"}),
    )  # fmt: skip
    alt = forms.CharField(
        label=_("What the new one shows"), max_length=2000, required=False,
        help_text=_("For those who do not see it."),
    )  # fmt: skip
    undescribed = forms.BooleanField(label=_("Let the pictures go out without a description"), required=False)
    wall = WallField(
        label=_("When"), required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    comment = forms.CharField(
        label=_("First comment"), max_length=10_000, required=False, strip=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )  # fmt: skip
    is_numbered = forms.BooleanField(label=_("Number the parts (1/3, 2/3 …)"), required=False)
    zone = forms.CharField(max_length=ZONE_LENGTH, required=False, widget=forms.HiddenInput)

    def __init__(self, channels: Iterable[Channel], *args: Any, unfinished: bool = False, **options: Any) -> None:
        """`unfinished`: shown again with what was typed, which is not judged yet."""
        self.is_unfinished = unfinished
        super().__init__(*args, **options)
        self.known = {channel.shown_id: channel for channel in channels}
        choices = [(key, f"{channel.title} · {channel.network_name}") for key, channel in self.known.items()]
        self.fields["channels"].choices = choices  # type: ignore[attr-defined]
        for key, channel in self.known.items():
            self.fields[f"own-{key}"] = own_text(channel)
            self.fields[f"comment-{key}"] = own_comment(channel)

    def full_clean(self) -> None:
        if self.is_unfinished:
            self.cleaned_data, self._errors = {}, ErrorDict()
        else:
            super().full_clean()

    def must_describe(self) -> bool:
        """Whether it is to go out with a picture that nobody described, and nobody said that it may. Where no chosen network takes
        descriptions, none is asked for."""
        is_going = self.data.get("act") in ("plan", "now") and not self.cleaned_data["undescribed"]
        limits = [channel.rules.pictures for channel in self.chosen]
        takes = not limits or any(each is None or each.takes_descriptions for each in limits)
        return is_going and takes and any(not each.alt.strip() for each in self.pictures())

    def clean(self) -> dict[str, Any]:
        if self.must_describe():
            self.add_error(
                "undescribed",
                _("Say above what each picture shows, for those who do not see it, or let it go out without."),
            )
        return self.cleaned_data

    @property
    def chosen(self) -> list[Channel]:
        given = self.data.getlist("channels") if self.is_bound else self.initial.get("channels", [])  # type: ignore[attr-defined]
        return [self.known[key] for key in given if key in self.known]

    def own(self, channel: Channel) -> str:
        """The text of a channel that has its own; empty for the shared one."""
        name = f"own-{channel.shown_id}"
        return str((self.data.get(name) if self.is_bound else self.initial.get(name)) or "")

    def own_comment(self, channel: Channel) -> str:
        return self.shared(f"comment-{channel.shown_id}")

    def shared(self, name: str) -> str:
        return str((self.data.get(name) if self.is_bound else self.initial.get(name)) or "")

    def wall_time(self) -> datetime | None:
        """The wall time as it stands in the form; None for none, and for what is no time."""
        field = self.fields["wall"]
        try:
            found = field.to_python(self.data.get("wall") if self.is_bound else self.initial.get("wall"))
        except forms.ValidationError:
            return None
        return found if isinstance(found, datetime) else None

    def pictures(self) -> tuple[Shown, ...]:
        """Those kept already, with their words as edited, without those taken out."""
        return shown_in(self.data) if self.is_bound else tuple(self.initial.get("pictures", ()))

    @property
    def kept(self) -> list[str]:
        """Pictures that are to be kept in the library too."""
        return list(self.data.getlist("keep")) if self.is_bound else []  # type: ignore[attr-defined]

    def draft(self) -> Draft:
        return Draft(
            text=self.shared("text"), target=self.shared("target"), card_title=self.shared("card_title"),
            pictures=self.pictures(), comment=self.shared("comment").strip(), is_numbered=bool(self.shared("is_numbered")),
        )  # fmt: skip

    def variants(self) -> list[VariantDraft]:
        return [
            VariantDraft(channel, self.own(channel) or None, self.own_comment(channel).strip())
            for channel in self.chosen
        ]


def own_text(channel: Channel) -> forms.CharField:
    return forms.CharField(
        label=_("Another text for %(channel)s") % {"channel": channel.title}, max_length=10_000, required=False,
        strip=False, widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )  # fmt: skip


def own_comment(channel: Channel) -> forms.CharField:
    return forms.CharField(
        label=_("Another first comment for %(channel)s") % {"channel": channel.title}, max_length=10_000, required=False,
        strip=False, widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )  # fmt: skip


def shown_in(given: Any) -> tuple[Shown, ...]:
    """Pictures as the composer's form carries them: `pictures` (ids), `alt-ID`, `focal-ID`, `asset-ID`, `without` (ids taken out)."""
    gone = set(given.getlist("without"))
    kept = [key for key in given.getlist("pictures") if key not in gone]
    return tuple(Shown(
        number, given.get(f"alt-{key}", "")[:2000], given.get(f"focal-{key}", "")[:2], ids.read(given.get(f"asset-{key}", "")) or 0
    ) for key in kept[:20] if (number := ids.read(key)))  # fmt: skip


def of_post(post: Post) -> dict[str, Any]:
    """A draft as the form's first values."""
    variants = list(post.variants.select_related("channel"))
    own = {f"own-{each.channel.shown_id}": each.text for each in variants if each.is_own}
    own |= {f"comment-{each.channel.shown_id}": each.comment for each in variants if each.comment}
    return {
        "text": post.text, "target": post.target, "card_title": post.card_title, "wall": post.wall_time,
        "channels": [each.channel.shown_id for each in variants], "comment": post.comment, "is_numbered": post.is_numbered,
        "pictures": shown_pictures(post), **own,
    }  # fmt: skip


def of_delivery(variant: Variant, delivery: Delivery, now: datetime) -> dict[str, Any]:
    """A delivery's variant as the form's first values; a time that has passed is asked for anew. Of what follows: its own words alone."""
    words, alone = words_of(delivery, variant), {"target": "", "card_title": "", "pictures": (), "is_numbered": False}
    first = of_post(variant.post) | {"text": words, "channels": [delivery.channel.shown_id], "comment": ""}
    first |= alone if delivery.follows_id else {}
    return {
        **first,
        f"own-{delivery.channel.shown_id}": "",
        f"comment-{delivery.channel.shown_id}": "",
        "wall": first["wall"] if delivery.planned_for > now else None,
    }
