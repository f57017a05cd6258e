"""Reading the data folder: TOML for lists, a plain Markdown form for threads.

A thread file holds blocks: ``=== key | space | kind | author | -12d``, ``# title``, text, then for each reply
``--- author +38m`` and its text. Offsets take ``m``, ``h`` and ``d``.
"""

import re
import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from stoa.demo_guild.rows import Reply, Space, Thread

DATA = Path(__file__).parent / "data"
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
HEAD = re.compile(r"^=== ", re.MULTILINE)
REPLY = re.compile(r"^--- (\S+) \+(\S+)\n", re.MULTILINE)


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML file of that name in the data folder."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def duration(text: str) -> timedelta:
    """``-19h``, ``+38m``, ``12d``: a number and a unit."""
    return timedelta(**{UNITS[text[-1]]: int(text[:-1])})


@cache
def written_threads() -> tuple[Thread, ...]:
    """The threads that were written by hand, in the order of their files."""
    found: list[Thread] = []
    for path in sorted((DATA / "threads").glob("*.md")):
        blocks = HEAD.split(path.read_text(encoding="utf-8"))[1:]
        found += [_thread(block) for block in blocks]
    return tuple(found)


def _thread(block: str) -> Thread:
    head, _, rest = block.partition("\n")
    key, space, kind, author, offset = (part.strip() for part in head.split("|"))
    opening, *parts = REPLY.split(rest)
    title, _, body = opening.strip().removeprefix("# ").partition("\n")
    started = duration(offset)
    replies = tuple(
        Reply(f"{key}-{number}", parts[at], parts[at + 2].strip(), started + duration(parts[at + 1]))
        for number, at in enumerate(range(0, len(parts), 3), start=1)
    )
    return Thread(key, space, kind, author, title.strip(), body.strip(), started, replies)


@cache
def spaces() -> tuple[Space, ...]:
    """The Guild's twelve spaces."""
    return tuple(
        Space(**{**row, "stewards": tuple(row["stewards"]), "interests": tuple(row["interests"])})
        for row in table("spaces")["space"]
    )


@cache
def interests() -> tuple[str, ...]:
    """The fixed list from which members choose at the door."""
    return tuple(table("people")["interests"])
