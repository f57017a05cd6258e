"""The guarded thread: who joined by what, and how far they came, cut by channel, inside each channel by campaign, inside each campaign
by post.

Each deeper table is cut inside one row of the table above it, and only at the steps at which that row is shown: no subtraction of one
table from another unfolds a row. Two tables that cut the same people across each other are therefore never shown side by side.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from stoa.measure.formulas.suppression import Guarded, guard_steps

UNKNOWN = ""
Path: TypeAlias = tuple[str, ...]
JOINED, WROTE, ANSWERED, HERE = range(4)
STEPS = ("joined", "wrote", "answered", "here")
ORDERED, STAYED = (JOINED, WROTE, ANSWERED), (JOINED, HERE)
"""Who was answered has written, who has written has joined; who is still here has joined, and need not have written."""


@dataclass(frozen=True)
class Reached:
    """So many people came this way (`path`: their keys in each level; empty for an unknown origin) and got equally far."""

    path: Path
    steps: frozenset[int]
    n: int


@dataclass(frozen=True)
class Line:
    """One row: how many reached each step; None where the row is folded, or the step cannot be judged yet."""

    path: Path
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Table:
    """Rows; of each step what is folded into *other* (None = nothing, or withheld) and the total (None = withheld, or not judged).
    `folded` rows stand in no line at all."""

    lines: tuple[Line, ...]
    other: tuple[int | None, ...]
    folded: int
    total: tuple[int | None, ...]

    def line(self, path: Path) -> Line | None:
        return next((line for line in self.lines if line.path == path), None)

    def apart_from(self, path: Path) -> tuple[int | None, ...]:
        """The total without one row; None where either is not shown."""
        line = self.line(path)
        if line is None:
            return (None,) * len(STEPS) if self.folded else self.total
        pairs = zip(self.total, line.counts, strict=True)
        return tuple(None if whole is None or part is None else whole - part for whole, part in pairs)


@dataclass(frozen=True)
class Thread:
    """The table of each level; `inside` maps a row of one level to the table cut inside it."""

    top: Table
    inside: Mapping[Path, Table]

    def level(self, depth: int) -> list[tuple[Path, Table]]:
        """The tables of one level: one at depth 0, else one for each row above that has something inside."""
        return [((), self.top)] if depth == 0 else [(path, t) for path, t in self.inside.items() if len(path) == depth]


def thread(people: Iterable[Reached], *, judged: Sequence[int], depth: int) -> Thread:
    """`judged` are the steps old enough to be judged, `depth` how many levels a path has."""
    people = list(people)
    top = _table((), people, judged)
    inside: dict[Path, Table] = {}
    open_lines = list(top.lines)
    while open_lines:
        line = open_lines.pop(0)
        if line.path == (UNKNOWN,) or len(line.path) == depth:
            continue
        shown = [step for step in judged if line.counts[step] is not None]
        held = [one for one in people if one.path[: len(line.path)] == line.path]
        inside[line.path] = _table(line.path, held, shown)
        open_lines += inside[line.path].lines
    return Thread(top, inside)


def _table(above: Path, people: Sequence[Reached], judged: Sequence[int]) -> Table:
    rows: dict[Path, Counter[int]] = {}
    for one in people:
        path = one.path[: len(above) + 1] or (UNKNOWN,)
        for step in one.steps:
            rows.setdefault(path, Counter())[step] += one.n
    guarded = {**_guarded(rows, STAYED, judged), **_guarded(rows, ORDERED, judged)}
    shown = guarded[JOINED].shown
    order = sorted(shown, key=lambda key: (_path(key) == (UNKNOWN,), -shown[key], key))
    lines = tuple(Line(_path(key), tuple(_of(guarded, step, key) for step in range(len(STEPS)))) for key in order)
    return Table(
        lines,
        tuple(_other(guarded[step]) if step in guarded else None for step in range(len(STEPS))),
        len(guarded[JOINED].folded),
        tuple(guarded[step].total if step in guarded else None for step in range(len(STEPS))),
    )


def _other(guarded: Guarded) -> int | None:
    return None if guarded.is_withheld or not guarded.folded else guarded.other


def _guarded(rows: Mapping[Path, Counter[int]], chain: Sequence[int], judged: Sequence[int]) -> dict[int, Guarded]:
    """The steps of one chain that may be judged, each with its small rows folded."""
    steps = [step for step in chain if step in judged]
    counts = {_key(path): [reached[step] for step in steps] for path, reached in rows.items()}
    if not counts:
        return {step: Guarded({}, frozenset(), 0, 0) for step in steps}
    return dict(zip(steps, guard_steps(counts), strict=True))


def _of(guarded: Mapping[int, Guarded], step: int, key: str) -> int | None:
    return guarded[step].shown.get(key) if step in guarded else None


def _key(path: Path) -> str:
    return "\n".join(path)


def _path(key: str) -> Path:
    return tuple(key.split("\n"))
