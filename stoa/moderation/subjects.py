"""The socket `moderation.subjects`: what can be judged. A higher room registers each kind of thing in its `plugs.py`:

    subjects.register(Subject("talk.reply", label, visible, snapshot, around, hide, restore))

The key is that of the thing (`base.things`); whoever may see a thing may report it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from stoa.base.actors import Actor


@dataclass(frozen=True)
class Snapshot:
    """A thing as it stands now, kept with its case. `text` is plain; `by` the author's name, for what stands around it."""

    text: str
    at: datetime | None
    title: str = ""
    author_id: int | None = None
    identity_id: int | None = None
    space_id: int | None = None
    by: str = ""
    address: str = ""


@dataclass(frozen=True)
class Subject:
    """`find(id)` gives the row whoever asks (or None); `visible(actor, ids)` those rows that somebody may see and so may report;
    `around(row)` at most five of its kind before and five after it, oldest first. `hide(row, by=…)` takes it out of sight and says
    whether it did (what was out of sight already stays as it is); `restore(row, by=…)` undoes that."""

    key: str
    label: Callable[[], str]
    find: Callable[[int], Any]
    visible: Callable[[Actor, Collection[int]], "QuerySet[Any]"]
    snapshot: Callable[[Any], Snapshot]
    around: Callable[[Any], list[Snapshot]]
    hide: Callable[..., bool]
    restore: Callable[..., None]


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    _subjects[subject.key] = subject


def subject_of(key: str) -> Subject | None:
    return _subjects.get(key)


def label_of(key: str) -> str:
    """What this kind of thing is called."""
    subject = _subjects.get(key)
    return subject.label() if subject else ""
