"""Forms of this room: what is said of an asset, pictures brought, folders."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.social.library.actions import About
from stoa.social.library.actions.assets import tags_in
from stoa.social.library.fitting import CENTRE
from stoa.social.library.licences import choices
from stoa.social.library.models import Asset, Folder

FOCALS = (
    ("nw", _("Top left")), ("n", _("Top")), ("ne", _("Top right")), ("w", _("Left")), (CENTRE, _("Middle")), ("e", _("Right")),
    ("sw", _("Bottom left")), ("s", _("Bottom")), ("se", _("Bottom right")),
)  # fmt: skip
MOST_AT_ONCE = 20
TAKEN = "image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,video/webm"


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FolderChoice(forms.ChoiceField):
    """A folder of the tree, or none."""

    def offer(self, folders: Iterable[tuple[Folder, str]]) -> None:
        self.known = {folder.shown_id: folder for folder, _path in folders}
        self.choices = [("", _("No folder")), *((folder.shown_id, path) for folder, path in folders)]

    def chosen(self, key: str) -> Folder | None:
        return self.known.get(key)


class SharedForm(forms.Form):
    """What can be said of several assets at once."""

    credit = forms.CharField(
        label=_("Credit"), max_length=200, required=False,
        help_text=_("Whose picture it is. It stands in every post when the licence asks for it."),
    )  # fmt: skip
    licence = forms.ChoiceField(label=_("Licence"), initial="unknown")
    licence_note = forms.CharField(
        label=_("What was agreed"), max_length=300, required=False, help_text=_("Who gave permission, when, for what.")
    )
    folder = FolderChoice(label=_("Folder"), required=False)
    tags = forms.CharField(
        label=_("Tags"), max_length=900, required=False, help_text=_("Words to find it by, between commas.")
    )

    def __init__(self, folders: list[tuple[Folder, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["licence"].choices = choices()  # type: ignore[attr-defined]
        self.tree = folders
        self.place: FolderChoice = self.fields["folder"]  # type: ignore[assignment]
        self.place.offer(folders)

    def about(self, **own: Any) -> About:
        """Raises `Invalid` for tags that cannot be."""
        given = self.cleaned_data
        return About(
            credit=given["credit"], licence=given["licence"], licence_note=given["licence_note"],
            folder=self.place.chosen(given["folder"]), tags=tags_in(given["tags"]), **own,
        )  # fmt: skip


class BringForm(SharedForm):
    pictures = forms.FileField(
        label=_("Pictures and videos"), required=False, widget=SeveralFiles({"accept": TAKEN}),
        help_text=_("Choose or drop up to 20. What their files say of place and camera is not kept."),
    )  # fmt: skip
    field_order = ("pictures",)


class SeveralForm(forms.Form):
    """What is done to the assets that are ticked in the list."""

    folder = FolderChoice(label=_("Folder"), required=False)
    tags = forms.CharField(label=_("Tags"), max_length=900, required=False)

    def __init__(self, folders: list[tuple[Folder, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.place: FolderChoice = self.fields["folder"]  # type: ignore[assignment]
        self.place.offer(folders)


class AssetForm(SharedForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    alt = forms.CharField(
        label=_("What it shows"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("For those who do not see it. It comes along into posts and can be changed there."),
    )  # fmt: skip
    focal = forms.ChoiceField(
        label=_("What must stay when it is cut"), choices=FOCALS, widget=forms.RadioSelect, initial=CENTRE
    )
    field_order = ("title", "alt")

    def whole(self) -> About:
        given = self.cleaned_data
        return self.about(title=given["title"], alt=given["alt"], focal=given["focal"])


def of_asset(asset: Asset) -> dict[str, Any]:
    """An asset as the form's first values."""
    return {
        "title": asset.title, "alt": asset.alt, "credit": asset.credit, "licence": asset.licence, "focal": asset.focal,
        "licence_note": asset.licence_note, "folder": asset.folder.shown_id if asset.folder else "",
        "tags": ", ".join(each.tag for each in asset.tags.all()),
    }  # fmt: skip
