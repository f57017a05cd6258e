"""The library within the composer: assets to choose from, and what each of a post's pictures is there."""

from dataclasses import dataclass

from stoa.base.actors import Actor
from stoa.base.search.folding import fold
from stoa.social.library.forms import FOCALS
from stoa.social.library.models import Asset
from stoa.social.library.policy import may_keep, may_see_library
from stoa.social.publish.forms import ComposeForm
from stoa.social.publish.material import Shown

OFFERED = 24


@dataclass(frozen=True)
class Shelf:
    """`is_open`: somebody asked for the library. `shown`: what is chosen for each picture, by the id of its file."""

    is_there: bool
    is_open: bool
    asked: str
    assets: list[Asset]
    shown: dict[int, Shown]
    may_keep: bool
    focals: tuple[tuple[str, object], ...] = FOCALS

    @classmethod
    def of(cls, form: ComposeForm, actor: Actor) -> "Shelf":
        is_there, asked = may_see_library(actor), form.shared("asset_q")[:100]
        is_open = is_there and form.shared("act") == "library"
        shown = {each.file: each for each in form.pictures()}
        return cls(is_there, is_open, asked, offered(asked, actor) if is_open else [], shown, may_keep(actor))


def offered(asked: str, actor: Actor) -> list[Asset]:
    """The newest that have these words, without those that may not go out."""
    rows = Asset.objects.visible_to(actor).exclude(licence="reserved").with_file()
    for word in fold(asked).split()[:8]:
        rows = rows.filter(words__contains=word)
    return list(rows.order_by("-at", "-id")[:OFFERED])


def asset_picture(asset: Asset) -> tuple[str, dict[str, str]]:
    """A chosen asset as the composer's form carries it: the file's id, and what is said of it."""
    key = asset.file.shown_id
    return key, {f"alt-{key}": asset.alt, f"focal-{key}": asset.focal, f"asset-{key}": asset.shown_id}
