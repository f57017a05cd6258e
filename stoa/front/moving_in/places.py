"""Which place of the old community becomes which space, and for whom. Proposed as it was there, never more open; a person confirms it,
and may only close it further or leave it out."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stoa.front.moving_in.archive import Refused
from stoa.front.moving_in.van import VanPlace

OPENNESS = ("secret", "private", "members", "public")


@dataclass(frozen=True)
class Mapped:
    """One place. `visibility` is one of `OPENNESS`, at most `most_open`; `space`: the id of a space that is here already, or empty for a
    new one named `name`; without `takes` nothing of it moves in."""

    key: str
    was: str
    name: str
    visibility: str
    most_open: str
    takes: bool = True
    space: str = ""
    state: str = "active"
    about: str = ""
    topics: int = 0
    messages: int = 0

    @property
    def choices(self) -> list[str]:
        """The visibilities that it may have, the most open first."""
        return [each for each in reversed(OPENNESS) if not more_open(each, self.most_open)]


def more_open(one: str, other: str) -> bool:
    return OPENNESS.index(one) > OPENNESS.index(other)


def proposed(places: Iterable[VanPlace], sizes: Mapping[str, tuple[int, int]]) -> list[Mapped]:
    """Each place as it was."""
    return [
        Mapped(
            each.key, each.name, each.name[:80], each.most_open, each.most_open, state=each.state, about=each.about[:500],
            topics=sizes.get(each.key, (0, 0))[0], messages=sizes.get(each.key, (0, 0))[1],
        )
        for each in places
    ]  # fmt: skip


def changed(proposals: Iterable[Mapped], said: Mapping[str, Mapping[str, Any]]) -> list[Mapped]:
    """The proposals with what a person said of them, by key. Raises `Refused` for what would be more open than it was, and for a place
    of which nothing was said."""
    found = []
    for each in proposals:
        wish = said.get(each.key)
        if wish is None:
            raise Refused(f"Nothing is said of {each.was}. Bring it in or leave it out.")
        visibility, name = str(wish.get("visibility", "")), str(wish.get("name", each.name)).strip()[:80]
        takes = bool(wish.get("takes", True))
        if takes and visibility not in each.choices:
            raise Refused(f"{each.was} was {each.most_open}: it cannot become {visibility or 'nothing'} here.")
        if takes and not name:
            raise Refused(f"{each.was} needs a name.")
        kept = visibility if visibility in each.choices else each.visibility
        given = {"takes": takes, "visibility": kept, "name": name, "space": str(wish.get("space", ""))}
        found.append(Mapped(**{**asdict(each), **given}))
    return found


def as_rows(mapped: Iterable[Mapped]) -> list[dict[str, Any]]:
    return [asdict(each) for each in mapped]


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[Mapped]:
    return [Mapped(**row) for row in rows]


def write_file(path: Path, mapped: Iterable[Mapped]) -> None:
    """For somebody to read, change and confirm."""
    told = {"confirmed": False, "places": as_rows(mapped)}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def read_file(path: Path) -> dict[str, Mapping[str, Any]]:
    """What somebody said of each place. Raises `Refused` unless they confirmed it."""
    try:
        told = json.loads(path.read_text())
        places = {str(row["key"]): row for row in told["places"]}
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise Refused(f"{path} is not a mapping that was written here: {trouble}.") from trouble
    if told.get("confirmed") is not True:
        raise Refused(f'Read {path}, change what should be otherwise, and set "confirmed" to true.')
    return places
