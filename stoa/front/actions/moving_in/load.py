"""What is known while one import is carried in: the van, how far it went, and what old people and places are here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from stoa.base import clock
from stoa.base.things import Reference
from stoa.base.work import Fenced
from stoa.front.actions.moving_in.reading import van_folder
from stoa.front.forgotten import as_forgotten
from stoa.front.models import Import, ImportTrouble, Moved
from stoa.front.models.moving_in import LONGEST_OLD
from stoa.front.moving_in import places
from stoa.front.moving_in.places import Mapped
from stoa.front.moving_in.van import Van
from stoa.people.actions.bringing import nobody
from stoa.people.models import Person
from stoa.spaces.models import Space

Trouble = tuple[str, str, int]  # what, which, whose
NOBODY = ""  # the old key of those whom nothing is known of
MOST_TROUBLES = 2000


@dataclass
class Load:
    """One import, by whoever holds its lease. Steps write their rows and `reached` in one transaction: killed at any moment, all of it is
    there or nothing."""

    row: Import
    van: Van
    fence: int
    last: dict[str, int] = field(
        default_factory=dict
    )  # the id of the last reply of each old topic that was gone through

    @classmethod
    def of(cls, row: Import, fence: int) -> "Load":
        return cls(row, Van(van_folder(row.folder)), fence)

    def reached(self, place: int, carried: Mapping[str, int] | None = None, step: str = "") -> None:
        """Within the step's transaction: how far it is now, and how much was carried. Raises `Fenced` when somebody else has it."""
        for name, count in (carried or {}).items():
            self.row.carried[name] = self.row.carried.get(name, 0) + count
        self.row.place, self.row.step = place, step or self.row.step
        told = {"place": place, "step": self.row.step, "carried": self.row.carried, "trouble": ""}
        held = Import.objects.filter(id=self.row.id, fence=self.fence, state=Import.State.MOVING)
        if not held.update(**told):
            raise Fenced

    def note(self, troubles: Iterable[Trouble]) -> None:
        """What could not be carried, each told once."""
        rows = [ImportTrouble(brought=self.row, what=what, which=which[:300], of_id=of) for what, which, of in troubles]
        if rows and self.row.troubles.count() < MOST_TROUBLES:
            ImportTrouble.objects.bulk_create(rows, ignore_conflicts=True)

    def moved(self, kind: str, olds: Collection[str]) -> dict[str, Reference]:
        """What these old things are here; the others are absent."""
        rows = Moved.objects.filter(home=self.row.home_id, kind=kind, old__in=[cut(old) for old in set(olds)])
        return {old: (key, number) for old, key, number in rows.values_list("old", "thing_key", "thing_id")}

    def moved_row(self, kind: str, old: str, thing: Reference, also: str = "") -> Moved:
        """The row that says so, to be written."""
        return Moved(
            home_id=self.row.home_id,
            brought=self.row,
            kind=kind,
            old=cut(old),
            also=also[:80],
            thing_key=thing[0],
            thing_id=thing[1],
        )

    @cached_property
    def people(self) -> dict[str, int]:
        """Person ids by their old keys."""
        return {old: number for old, (_, number) in self._all("person").items()}

    @cached_property
    def erased(self) -> frozenset[int]:
        """Those of them who have left for good since: nothing of theirs is brought back."""
        left = Person.objects.filter(standing="erased").values_list("id", flat=True)
        return frozenset(left) & frozenset(self.people.values())

    @cached_property
    def mapping(self) -> dict[str, Mapped]:
        return {each.key: each for each in places.from_rows(self.row.mapping)}

    @cached_property
    def spaces(self) -> dict[str, Space]:
        """Spaces by old places: those that are taken, and are not more open than the place was."""
        moved = {old: number for old, (_, number) in self._all("place").items()}
        rows = Space.objects.in_bulk(list(moved.values()))
        return {
            old: rows[number]
            for old, number in moved.items()
            if number in rows and (said := self.mapping.get(old)) and said.takes
            and not places.more_open(rows[number].visibility, said.most_open)
        }  # fmt: skip

    def person(self, old: str) -> int | None:
        """The person of an old key, also of one who has left for good."""
        return self.people.get(old) or self.people.get(as_forgotten(old))

    def author(self, old: str) -> int:
        """The same; whom nothing is known of are one person together."""
        found = self.person(old) or self.people.get(NOBODY)
        if found is None:
            person = nobody("—")
            self.moved_row("person", NOBODY, ("people.person", person.id)).save(force_insert=True)
            found = self.people[NOBODY] = person.id
        return found

    def _all(self, kind: str) -> dict[str, Reference]:
        rows: Any = Moved.objects.filter(home=self.row.home_id, kind=kind)
        return {old: (key, number) for old, key, number in rows.values_list("old", "thing_key", "thing_id").iterator()}


def cut(old: str) -> str:
    return old[:LONGEST_OLD]


def instant(at: float) -> datetime:
    """An instant of the van: never later than now, whatever the archive says."""
    return min(datetime.fromtimestamp(at, UTC), clock.now())
