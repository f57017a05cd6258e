"""Kinds of due rows: which model, who handles one, how long a lease lasts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from stoa.base.work.rows import DueRow


@dataclass(frozen=True)
class Kind:
    """`handle(id, fence)` loads the row, calls one action, done; the action settles the row (a new `due_at`, or none).

    `lease` must be longer than everything that the handler may do. `batch` rows are claimed at once. What is long and in no hurry
    `steps_back`: the machine serves pages and all other work before it. At most `at_once` run at the same time (0: as many as there are
    threads), so that what waits for others' servers leaves room for the rest.

    What is promised for an instant is `punctual`: it is taken up before everything else, and leaves one thread to the rest.

    With much to do, commits cost more than the work: of what only reads and writes rows, `together` at most are handled in one
    transaction; of what renews its lease when it begins, `ahead` more are claimed than there are free threads.
    """

    key: str
    model: type[DueRow]
    handle: Callable[[int, int], None]
    lease: timedelta = timedelta(seconds=60)
    batch: int = 16
    steps_back: bool = False
    punctual: bool = False
    at_once: int = 0
    together: int = 1
    ahead: int = 0


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def all_kinds() -> list[Kind]:
    return list(_kinds.values())
