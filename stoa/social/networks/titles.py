"""A title of a text that has none, for networks whose posts have one."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 120
WORDS = 48  # of a name, so that an address stays one that people read
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def titled(text: str) -> tuple[str, str]:
    """(title, body). A short first line without an address is the title, and the rest the body.

    Any other beginning stays where it is: the title is then made of it, without addresses, cut between words, and the body is the whole
    text. The title is empty only when there are no words.
    """
    whole = text.strip()
    first, _, rest = whole.partition("\n")
    first = " ".join(first.split())
    if len(first) <= LONGEST and not _ADDRESS.search(first):
        return first, rest.strip()
    return _shortened(" ".join(_ADDRESS.sub(" ", whole).split())), whole


def named(text: str, key: str) -> str:
    """The name of a post in its address (its slug): words of its title, and what is made of its key. The same in every attempt, so that
    the post can be looked up by it."""
    plain = unicodedata.normalize("NFKD", titled(text)[0]).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:WORDS].strip("-")
    return "-".join(part for part in (words, _mark(key)) if part)


def bears(name: str, key: str) -> bool:
    """Whether a name was made of this key, whatever the title was then: an edit leaves the name as it is."""
    return name.rpartition("-")[2] == _mark(key)


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _shortened(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    cut = words[: LONGEST - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-") + "…"
