"""The levels by which the thread is cut, and what each row of them is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.measure.impact.thread import UNKNOWN, Path
from stoa.measure.readers.links import Place
from stoa.measure.readers.touches import BOOSTED

LEVELS: Mapping[str, Callable[[], str]] = {
    "channel": lambda: _("By channel"),
    "campaign": lambda: _("By campaign"),
    "post": lambda: _("By post"),
}


@dataclass(frozen=True)
class Ways:
    """Link code or id → the path of keys, apart for what came by itself and while the post was boosted; key → its words."""

    by_code: Mapping[str, Path]
    by_link: Mapping[tuple[int, bool], Path]
    words: Mapping[str, str]

    def path(self, code: str) -> Path:
        """Where a join by this code belongs; a code of no link of ours is unknown."""
        return self.by_code.get(code, (UNKNOWN,))

    def label(self, path: Path) -> str:
        """A row's own words: that of its last key."""
        return _("Origin unknown") if path == (UNKNOWN,) else self.words.get(path[-1], "")

    def trail(self, path: Path) -> str:
        return " › ".join(self.words.get(key, "") for key in path)


def ways(places: list[Place]) -> Ways:
    by_code: dict[str, Path] = {}
    by_link: dict[tuple[int, bool], Path] = {}
    words: dict[str, str] = {}
    for place in places:
        for mark in ("", BOOSTED):
            keys = _keys(place, is_boosted=bool(mark))
            by_code[place.code + mark] = by_link[place.link, bool(mark)] = tuple(key for key, _words in keys)
            words.update(keys)
    return Ways(by_code, by_link, words)


def _keys(place: Place, *, is_boosted: bool) -> list[tuple[str, str]]:
    """A post's link: its channel (or that while it was boosted), the campaign, the post. Any other: beside the channels, the campaign, the
    link itself."""
    channel = (f"channel:{place.channel}", place.channel_title) if place.channel else ("beside", _("Links elsewhere"))
    if is_boosted:
        channel = (f"{channel[0]}:boosted", _("%(channel)s, while boosted") % {"channel": channel[1]})
    campaign = (f"campaign:{place.campaign}", place.campaign_name) if place.campaign else ("none", _("No campaign"))
    post = (f"post:{place.post}", place.post_title) if place.post else (f"link:{place.link}", place.what)
    return [channel, campaign, post]
