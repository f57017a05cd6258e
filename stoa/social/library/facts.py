"""What this room announces: what became of an asset."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact

ABOUT = ("library.asset", "asset")


@fact("library.asset_brought", about=ABOUT)
@dataclass(frozen=True)
class AssetBrought(Fact):
    """A picture came into the library, with its first version (`kept`)."""

    asset: int
    kept: int


@fact("library.version_kept", about=ABOUT)
@dataclass(frozen=True)
class VersionKept(Fact):
    """An asset has another version, its `number`th (`kept`); `back`: an earlier one was taken up again."""

    asset: int
    kept: int
    number: int
    back: bool


@fact("library.asset_changed", about=ABOUT)
@dataclass(frozen=True)
class AssetChanged(Fact):
    """Its words, its place, or its licence. `goes`: a post may show it."""

    asset: int
    goes: bool


@fact("library.asset_deleted", about=ABOUT)
@dataclass(frozen=True)
class AssetDeleted(Fact):
    asset: int


@fact("library.folder_changed")
@dataclass(frozen=True)
class FolderChanged(Fact):
    """A folder was made, named anew, moved, or taken away (`gone`)."""

    folder: int
    gone: bool
