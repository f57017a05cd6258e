"""How networks count text: named strategies, so that limits can be data.

`graphemes` is what a reader sees as one character (UAX #29, extended grapheme clusters); `bytes` is UTF-8;
`codepoints` is what Python calls length; `fediverse` is Mastodon's own count; `utf16` is what most browsers and Java call length;
`x_weighted` is X's own count (see `weighted`); `emoji_as_bytes` is that of Threads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import regex

from stoa.social.networks.protocol import TextLimit
from stoa.social.networks.weighted import weighted

_GRAPHEME = regex.compile(r"\X")


def graphemes(text: str) -> int:
    return sum(1 for _ in _GRAPHEME.finditer(text))


def utf8_bytes(text: str) -> int:
    return len(text.encode("utf-8"))


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


_LINK = regex.compile(r"https?://\S+", regex.IGNORECASE)
_FAR_HANDLE = regex.compile(r"(?<![\w/])(@\w++(?:[.-]++\w++)*+)@[\w.-]+\w")


def near_handles(text: str) -> str:
    """The text with mentions as Mastodon shows and counts them: without their domain."""
    return _FAR_HANDLE.sub(r"\1", text)


def fediverse(text: str, link: int = 23) -> int:
    """As Mastodon counts: graphemes, any link as 23 (or as its server says), of a mention only the part before its domain."""
    shortened, links = _LINK.subn("x", text)
    return graphemes(near_handles(shortened)) + links * (link - 1)


_PICTOGRAPH = regex.compile(r"[\p{Extended_Pictographic}\p{Regional_Indicator}\u20E3]")


def emoji_as_bytes(text: str) -> int:
    """As Threads counts: an emoji, with all that belongs to it, as its bytes in UTF-8; everything else by code points."""
    found = (each.group() for each in _GRAPHEME.finditer(text))
    return sum(utf8_bytes(each) if _PICTOGRAPH.search(each) else len(each) for each in found)


STRATEGIES: Mapping[str, Callable[[str], int]] = {
    "graphemes": graphemes,
    "bytes": utf8_bytes,
    "codepoints": len,
    "utf16": utf16_units,
    "fediverse": fediverse,
    "x_weighted": weighted,
    "emoji_as_bytes": emoji_as_bytes,
}


@dataclass(frozen=True)
class Count:
    """One limit, met or not: `used` of `at_most`, by the strategy named `count`."""

    count: str
    used: int
    at_most: int

    @property
    def is_over(self) -> bool:
        return self.used > self.at_most

    @property
    def left(self) -> int:
        return self.at_most - self.used


def counts_of(text: str, limits: tuple[TextLimit, ...]) -> tuple[Count, ...]:
    """Each limit of a network beside what this text uses of it, in the network's order."""
    return tuple(Count(limit.count, used_of(text, limit), limit.at_most) for limit in limits)


def used_of(text: str, limit: TextLimit) -> int:
    """What a text uses of a limit; a link as its server counts it, where the strategy counts links apart."""
    if limit.link is not None and limit.count == "fediverse":
        return fediverse(text, limit.link)
    return STRATEGIES[limit.count](text)


def binding_count(text: str, limits: tuple[TextLimit, ...]) -> Count:
    """The limit that this text is nearest to, or furthest beyond: the one a composer shows."""
    return max(counts_of(text, limits), key=lambda count: count.used / count.at_most)


def first_graphemes(text: str, at_most: int) -> str:
    """The beginning of a text, cut between graphemes and never inside one."""
    end = 0
    for number, match in enumerate(_GRAPHEME.finditer(text)):
        if number == at_most:
            break
        end = match.end()
    return text[:end]
