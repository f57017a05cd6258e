"""Today: what all rooms say waits, in order of what hurts most when left, with the marks that the staff has set on it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import AgendaItem, Section, WorkRow, agenda, work_rows
from stoa.front.models import WorkMark

LISTS = ("mine", "team", "all")
AHEAD = timedelta(days=14)
READ = 6  # rows of a section that stand open; the rest opens on a press
TITLES = {
    Section.CANNOT_WAIT: gettext_lazy("Cannot wait"),
    Section.WAITING: gettext_lazy("People waiting"),
    Section.WELCOME: gettext_lazy("Welcome"),
    Section.DECIDE: gettext_lazy("Decide"),
    Section.GOING_OUT: gettext_lazy("Going out today"),
}


@dataclass(frozen=True)
class Work:
    """A row with what stands on it: who has it now, and the mark that took it out of the list (if one did)."""

    row: WorkRow
    held_by: str = ""
    is_mine: bool = False
    mark: WorkMark | None = None


@dataclass(frozen=True)
class Part:
    """A section with its rows, the heaviest first (what goes out: in the order of its hours)."""

    section: Section
    works: list[Work]

    @property
    def title(self) -> str:
        return str(TITLES[self.section])

    @property
    def first(self) -> list[Work]:
        """What is read at once: all that cannot wait, of the others the heaviest."""
        return self.works if self.section is Section.CANNOT_WAIT or len(self.works) <= READ + 2 else self.works[:READ]

    @property
    def rest(self) -> list[Work]:
        return self.works[len(self.first) :]


@dataclass(frozen=True)
class Today:
    """One look at it. `aside` holds what was snoozed or found not needed, on the list of all."""

    kind: str
    parts: list[Part]
    aside: list[Work] = field(default_factory=list)
    next: AgendaItem | None = None

    @property
    def count(self) -> int:
        """Things to do: what goes out goes by itself."""
        return sum(len(part.works) for part in self.parts if part.section is not Section.GOING_OUT)

    @property
    def minutes(self) -> int:
        """How long they take, rounded up to five."""
        todo = [part for part in self.parts if part.section is not Section.GOING_OUT]
        return -(-sum(work.row.minutes for part in todo for work in part.works) // 5) * 5

    @property
    def urgent(self) -> int:
        return sum(len(part.works) for part in self.parts if part.section is Section.CANNOT_WAIT)


def today(actor: Actor, kind: str) -> Today:
    """The list of this kind: *mine* (mine, and what was handed to me), *team* (those, and what is nobody's yet), *all* (also what
    others have). Queries: one for marks, and what the rooms ask."""
    marks: dict[str, list[WorkMark]] = {}
    for mark in WorkMark.objects.visible_to(actor).standing().order_by("-at")[:2000]:
        marks.setdefault(mark.key, []).append(mark)
    works = [
        _marked(row, [each for each in marks.get(row.key, []) if each.covers(row.since)], actor)
        for row in work_rows(actor)
    ]
    here = [work for work in works if work.mark is None and _belongs(work, kind)]
    aside = [work for work in works if work.mark is not None] if kind == "all" else []
    following = _next(actor) if not any(work.row.section is not Section.GOING_OUT for work in here) else None
    return Today(kind, _parts(here), aside, following)


def _marked(row: WorkRow, marks: list[WorkMark], actor: Actor) -> Work:
    """What the latest marks make of a row."""
    for mark in marks:
        if mark.kind == "not_needed" or (mark.kind == "snoozed" and mark.by_id == actor.person_id):
            return Work(row, mark=mark)
    handed = next((mark for mark in marks if mark.kind == "handed"), None)
    if handed is None:
        return Work(row, is_mine=row.mine)
    return Work(row, held_by=handed.to.name if handed.to else "", is_mine=handed.to_id == actor.person_id)


def _belongs(work: Work, kind: str) -> bool:
    if kind == "all" or work.is_mine:
        return True
    return kind == "team" and not work.held_by


def _parts(works: list[Work]) -> list[Part]:
    parts = []
    for section in Section:
        found = [work for work in works if work.row.section is section]
        if section is Section.GOING_OUT:
            found.sort(key=lambda work: (work.row.since, work.row.key))
        else:
            found.sort(key=lambda work: (-work.row.weight, work.row.since, work.row.key))
        if found:
            parts.append(Part(section, found))
    return parts


def _next(actor: Actor) -> AgendaItem | None:
    """What comes next on the calendar, when nothing waits."""
    now = clock.now()
    return next((item for item in agenda(actor, now, now + AHEAD) if item.at > now), None)


@dataclass(frozen=True)
class Snooze:
    """A time to put something off to."""

    key: str
    label: str
    until: datetime


def snoozes(here: datetime) -> list[Snooze]:
    """Times to choose from, seen from this local time: later today, tomorrow morning, Monday morning."""
    morning = here.replace(hour=9, minute=0, second=0, microsecond=0)
    found = [Snooze("hours", _("For three hours"), here + timedelta(hours=3))]
    found.append(Snooze("tomorrow", _("Until tomorrow at 9"), morning + timedelta(days=1)))
    found.append(Snooze("monday", _("Until Monday at 9"), morning + timedelta(days=7 - here.weekday())))
    return found
