"""The thread as the page draws it: bands, table, the sentence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stoa.base.charts import Step, funnel
from stoa.base.charts.figure import percent, whole
from stoa.measure.days import Days
from stoa.measure.impact.first_touch import summed, told_firsts
from stoa.measure.impact.levels import LEVELS, Ways, ways
from stoa.measure.impact.thread import (
    ANSWERED,
    HERE,
    JOINED,
    UNKNOWN,
    WROTE,
    Line,
    Path,
    Reached,
    Table,
    Thread,
    thread,
)
from stoa.measure.impact.words import absent_words, count, share
from stoa.measure.readers.clicks import opened
from stoa.measure.readers.joined import Came, came, ways_in
from stoa.measure.readers.links import places
from stoa.measure.readers.touches import BOOSTED

BANDS = 4


@dataclass(frozen=True)
class Funnel:
    """One month's thread with the visits of each way, ready to be drawn."""

    thread: Thread
    ways: Ways
    visits: Counter[Path]
    judged: tuple[int, ...]
    came: frozenset[Path]
    """The ways by which anybody came."""
    firsts: Mapping[Path, int] = field(default_factory=dict)
    """Who came by a way first, where that may be told beside who came by it last."""
    boosted_visits: int = 0

    @property
    def total(self) -> tuple[int | None, ...]:
        return self.thread.top.total

    @property
    def known(self) -> tuple[int | None, ...]:
        """Of those who came through a link of ours."""
        return self.thread.top.apart_from((UNKNOWN,))

    @property
    def unknown(self) -> tuple[int | None, ...]:
        line = self.thread.top.line((UNKNOWN,))
        if line is None:
            return (None,) * 4 if self.thread.top.folded else tuple(0 if n is not None else None for n in self.total)
        return line.counts

    @property
    def all_visits(self) -> int:
        return self.visits[()]

    @property
    def said_visits(self) -> str:
        """All of them, and how many came while a post was boosted: never one number for both."""
        said = {"all": whole(self.all_visits), "boosted": whole(self.boosted_visits)}
        return (
            _("%(all)s (%(boosted)s of them while boosted)") % said if self.boosted_visits else whole(self.all_visits)
        )


def read(days: Days, *, now: datetime) -> Funnel:
    """Five queries, however many people and links. People stand in the row of their last touch."""
    people, openings, first = list(came(days)), list(opened(days)), ways_in(days, touch="first")
    codes = {code.removesuffix(BOOSTED) for code in (*first, *(one.via for one in people))}
    found = ways(places({row.link_id for row in openings}, codes))
    visits: Counter[Path] = Counter()
    paid = sum(row.visits for row in openings if row.boosted)
    for row in openings:
        path = found.by_link.get((row.link_id, row.boosted), ())
        for depth in range(len(path) + 1):
            visits[path[:depth]] += row.visits
    opened_by = {(row.link_id, row.boosted) for row in openings}
    empty = [
        Reached(path, frozenset({JOINED}), 0)
        for (link, is_boosted), path in found.by_link.items()
        if not is_boosted or (link, is_boosted) in opened_by
    ]
    reached = [*(_reached(one, found) for one in people), *empty]
    judged = (
        JOINED,
        *([WROTE, ANSWERED] if days.is_week_old(now) else []),
        *([HERE] if days.is_old_enough(now) else []),
    )
    cut = thread(reached, judged=judged, depth=len(LEVELS))
    lasts, firsts = (
        summed((one.path, one.n) for one in reached),
        summed((found.path(via), n) for via, n in first.items()),
    )
    came_by = frozenset(one.path for one in reached if one.n)
    return Funnel(cut, found, visits, judged, came_by, told_firsts(cut, lasts, firsts), paid)


def _reached(one: Came, found: Ways) -> Reached:
    steps = {JOINED: True, WROTE: one.wrote, ANSWERED: one.answered, HERE: one.here}
    return Reached(found.path(one.via), frozenset(step for step, came_so_far in steps.items() if came_so_far), one.n)


def bands(found: Funnel, level: str) -> list[SafeString]:
    """The whole as one narrowing band, then the widest rows of this level on one axis of their own."""
    whole_band = [Step(visits_label(found), found.all_visits), *_steps(found.total, found.judged)]
    depth = list(LEVELS).index(level)
    lines = [line for _above, table in found.thread.level(depth) for line in table.lines if line.counts[JOINED]]
    widest = sorted(lines, key=lambda line: -(line.counts[JOINED] or 0))[:BANDS]
    most = max((line.counts[JOINED] or 0 for line in widest), default=0)
    return [
        funnel(_("Everybody who joined"), whole_band, wing="bridge"),
        *(funnel(found.ways.label(line.path), _steps(line.counts, found.judged), most=most, wing="bridge") for line in widest),
    ]  # fmt: skip


def visits_label(found: Funnel) -> str:
    paid = {"boosted": whole(found.boosted_visits)}
    return (
        _("Visits through links, %(boosted)s while boosted") % paid
        if found.boosted_visits
        else _("Visits through links")
    )


def _steps(counts: Sequence[int | None], judged: Sequence[int]) -> list[Step]:
    names = {
        JOINED: _("Joined"), WROTE: _("Wrote a first topic or reply"), ANSWERED: _("Received a first answer"),
        HERE: _("Still here after 30 days"),
    }  # fmt: skip
    return [
        Step(name, counts[step], _share(counts[step], counts[JOINED]) if step else "", absent_words(step in judged))
        for step, name in names.items()
    ]


def _share(n: int | None, of: int | None) -> str:
    return "" if n is None or not of else percent(n / of)


def table(found: Funnel, level: str) -> list[list[str]]:
    """The rows of one level, *other* and *unknown* among them, and the total. Of an unknown origin nothing is cut further: its row,
    as the first level shows it, stands below every cut."""
    rows: list[list[str]] = []
    depth = list(LEVELS).index(level)
    for above, one in found.thread.level(depth):
        inside = f"{found.ways.trail(above)} › " if above else ""
        rows += [_row(f"{inside}{found.ways.label(line.path)}", line.counts, found, line) for line in one.lines]
        if any(n is not None for n in one.other):
            rows.append(_row(f"{inside}{_('Other, small rows together')}", one.other, found, None))
    unknown = found.thread.top.line((UNKNOWN,))
    if depth and unknown:
        rows.append(_row(found.ways.label(unknown.path), unknown.counts, found, unknown))
    rows.append([_("All"), found.said_visits, *_cells(found.total)])
    return rows


def first_column(found: Funnel, level: str) -> list[str]:
    """Who came first by the way of each row of `table`; empty when nothing of it may be told: then both agree to within a few."""
    depth = list(LEVELS).index(level)
    paths: list[Path | None] = []
    for _above, one in found.thread.level(depth):
        paths += [*(line.path for line in one.lines), *([None] if any(n is not None for n in one.other) else [])]
    if depth and found.thread.top.line((UNKNOWN,)):
        paths.append((UNKNOWN,))
    if not any(path in found.firsts for path in paths):
        return []
    return [*("" if path is None else count(found.firsts.get(path)) for path in paths), count(found.total[JOINED])]


def _row(name: str, counts: Sequence[int | None], found: Funnel, line: Line | None) -> list[str]:
    """*Other* holds other rows at each step, so it has no share; an unknown origin has no visits."""
    if line is None:
        return [name, "", *(count(n) for n in counts)]
    return [name, "" if line.path == (UNKNOWN,) else whole(found.visits[line.path]), *_cells(counts)]


def _cells(counts: Sequence[int | None]) -> list[str]:
    return [count(counts[JOINED]), *(share(counts[step], counts[JOINED]) for step in (WROTE, ANSWERED, HERE))]


def folded_rows(found: Funnel) -> int:
    """How many rows stand in *other*, over all levels."""
    return sum(one.folded for one in all_tables(found))


def all_tables(found: Funnel) -> list[Table]:
    return [found.thread.top, *found.thread.inside.values()]
