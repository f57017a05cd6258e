"""What the runs add up to: network by ability, the strongest thing that each was held against, and what is short."""

import os
from collections import defaultdict
from dataclasses import dataclass, field

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
django.setup()

from proofs.networks.against import REAL, STRONGEST  # noqa: E402 -- Django first
from proofs.networks.running import Seen  # noqa: E402
from stoa.social.networks.protocol import ABILITIES, MEANS, Connector, Connects  # noqa: E402
from stoa.social.networks.registry import connectors  # noqa: E402

NAMES = [each.__name__.lower() for each in (*ABILITIES, *MEANS)]
CLAIMS = (
    "a real ",
    "the network’s own servers",
)  # how a connector begins that says it was tested against a real server
DESCRIPTIONS = 7  # cases of a picture's description: six kinds and the longest


@dataclass
class Row:
    """One network. `cells`: by ability, how many passed tests called it against what; empty where it has not this ability."""

    key: str
    name: str
    tested: str
    cells: dict[str, dict[str, int]] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    descriptions: dict[str, str] = field(default_factory=dict)
    takes_descriptions: bool = False

    def strongest(self, ability: str) -> tuple[str, int] | None:
        """(against what, how many tests); None where nothing called it."""
        found = self.cells.get(ability, {})
        return next(((how, found[how]) for how in STRONGEST if found.get(how)), None)


def rows(seen: list[Seen]) -> list[Row]:
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    kept: dict[str, dict[str, str]] = defaultdict(dict)
    for each in seen:
        for (key, ability, how), count in each.tests.items():
            counts[key, ability][how] += count
        for what, value in each.told:
            if what == "description":
                kept[value[0]][value[1]] = value[2]
    return [row_of(each, counts, kept[each.key]) for each in connectors().values()]


def row_of(each: Connector, counts: dict[tuple[str, str], dict[str, int]], kept: dict[str, str]) -> Row:
    has = [ability.__name__.lower() for ability in (*ABILITIES, *MEANS) if isinstance(each, ability)]
    pictures = each.rules.pictures
    takes = isinstance(each, Connects) and pictures is not None and pictures.takes_descriptions
    cells = {name: dict(counts[each.key, name]) for name in has}
    return Row(each.key, each.name, each.tested, cells, tuple(each.lacks), kept, takes)


def short(row: Row, *, with_real: bool) -> list[str]:
    found = [f"{row.key}: nothing called what it says it can: {name}" for name in row.cells if not row.strongest(name)]
    if row.takes_descriptions and len(row.descriptions) < DESCRIPTIONS:
        found.append(f"{row.key}: {len(row.descriptions)} of {DESCRIPTIONS} descriptions were read back")
    claims = row.tested.lower().startswith(CLAIMS)
    if with_real and claims and (row.strongest("publishes") or ("",))[0] != REAL:
        found.append(f"{row.key}: it says it was tested against {row.tested}, and nothing was published there now")
    return found


def cases(seen: list[Seen]) -> dict[str, int]:
    """How many public cases of how X counts were tried, by their file's group; none where nobody said where they are."""
    return {value[0]: value[1] for each in seen for what, value in each.told if what == "cases"}
