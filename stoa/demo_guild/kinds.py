"""The Guild's ideas, polls and announcements."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from stoa.demo_guild.reading import duration, table


@dataclass(frozen=True, slots=True)
class Said:
    """One word on what becomes of an idea."""

    by: str
    status: str
    body: str
    offset: timedelta


@dataclass(frozen=True, slots=True)
class Special:
    """A topic of one of these kinds."""

    key: str
    kind: str
    """``idea``, ``poll`` or ``announcement``."""
    space: str
    author: str
    title: str
    body: str
    offset: timedelta
    votes: int = 0
    tags: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    options: tuple[str, ...] = ()
    takes_several: bool = False
    lasts: timedelta | None = None
    """How long a poll is open or an announcement stands first."""


@cache
def specials() -> tuple[Special, ...]:
    """All of them, oldest first."""
    found = [_special(kind, row) for kind in ("idea", "poll", "announcement") for row in table("kinds")[kind]]
    return tuple(sorted(found, key=lambda each: each.offset))


def _special(kind: str, row: dict[str, Any]) -> Special:
    said = tuple(Said(each["by"], each["status"], each["body"], duration(each["ago"])) for each in row.get("said", ()))
    lasts = row.get("open") or row.get("first")
    return Special(
        row["key"], kind, row["space"], row["author"], row["title"], row["body"], duration(row["ago"]),
        row.get("votes", 0), tuple(row.get("tags", ())),
        said, tuple(row.get("options", ())), row.get("several", False), duration(lasts) if lasts else None,
    )  # fmt: skip
