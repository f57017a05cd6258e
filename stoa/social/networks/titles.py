"""A title out of the words themselves, for networks that ask for one: the first line is it."""

from __future__ import annotations

LONGEST = 200  # characters: the least that such a network takes


def titled(text: str) -> tuple[str, str]:
    """(title, body). A first line that is too long for a title is cut between words, and the body is then the whole text."""
    first, _, rest = text.strip().partition("\n")
    title = first.lstrip("#").strip() if first.startswith("#") and first.lstrip("#")[:1] in ("", " ") else first.strip()
    if len(title) <= LONGEST:
        return title, rest.strip()
    words = title[: LONGEST - 1].rpartition(" ")[0]
    return (words or title[: LONGEST - 1]).rstrip(" ,;:–-") + "…", text.strip()
