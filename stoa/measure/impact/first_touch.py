"""By which way people came first, beside the way by which they came last: told where it tells of no single person."""

from collections import Counter
from collections.abc import Iterable

from stoa.measure.formulas.second_cut import second_counts
from stoa.measure.impact.thread import Path, Thread


def told_firsts(found: Thread, lasts: Counter[Path], firsts: Counter[Path]) -> dict[Path, int]:
    """Path of a row → who came by it first. Inside a row only where that row's own is told: nothing adds up to what is kept back."""
    told: dict[Path, int] = {}
    for above, table in sorted([((), found.top), *found.inside.items()], key=lambda pair: len(pair[0])):
        if above and above not in told:
            continue
        first, second = _inside(lasts, above), _inside(firsts, above)
        shown = {_key(line.path) for line in table.lines}
        told |= {tuple(key.split("\n")): n for key, n in second_counts(first, second, shown=shown).items()}
    return told


def summed(paths: Iterable[tuple[Path, int]]) -> Counter[Path]:
    """How many came by each way and by each part of it."""
    sums: Counter[Path] = Counter()
    for path, n in paths:
        for depth in range(1, len(path) + 1):
            sums[path[:depth]] += n
    return sums


def _inside(sums: Counter[Path], above: Path) -> dict[str, int]:
    return {_key(path): n for path, n in sums.items() if len(path) == len(above) + 1 and path[:-1] == above}


def _key(path: Path) -> str:
    return "\n".join(path)
