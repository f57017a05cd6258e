"""A text of several parts: the writer parts it by lines of three hyphens, and each part goes out for itself where a network has threads."""

import re

PARTING = "---"
MOST = 25
_LINES = re.compile(r"^[ \t]*---[ \t]*\r?$", re.MULTILINE)


def parts_of(text: str) -> list[str]:
    """Its parts in order, those without words left out; one empty part when there are no words at all."""
    return [part.strip() for part in _LINES.split(text) if part.strip()] or [""]


def joined(parts: list[str]) -> str:
    """The text as the writer would have parted it."""
    return f"\n{PARTING}\n".join(parts)


def as_one(parts: list[str]) -> str:
    """All of it as one text, for networks without threads."""
    return "\n\n".join(part for part in parts if part)


def name_of(text: str) -> str:
    """What a post is called after its words."""
    return " ".join(as_one(parts_of(text)).split())[:80]
