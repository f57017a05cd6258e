"""The author's own words: a text without what it quotes, and passages of it."""

import re
from html import unescape

from stoa.base.text import plain
from stoa.base.text.show import file_ids
from stoa.base.text.spoilers import covered

_part = re.compile(r"(<blockquote[^>]*>|</blockquote>)")
_mention = re.compile(r"\s*<x-(person|group) [^>]*></x-\1>")
_picture = re.compile(r"<img [^>]*>")
_alt = re.compile(r' alt="([^"]+)"')
_space = re.compile(r"\s+")


def own_words(html: str) -> str:
    """What the author wrote: no quotes of others, nobody's name that it mentions, no descriptions of pictures."""
    return plain(_picture.sub("", _mention.sub("", without_quotes(html))))


def own_pictures(html: str) -> list[int]:
    """The files that the author's own part of the text shows, in the order of their ids."""
    return sorted(file_ids(covered(without_quotes(html))))


def words_of_pictures(html: str) -> dict[int, str]:
    """What the author says that each of their pictures shows, by the file's id; only where they say something."""
    said = ((file_ids(part), _alt.search(part)) for part in _picture.findall(covered(without_quotes(html))))
    return {number: unescape(alt[1]) for numbers, alt in said if alt for number in numbers}


def without_quotes(html: str) -> str:
    """The text without its block quotes, however deep one stands in another."""
    kept: list[str] = []
    depth = 0
    for part in _part.split(html):
        if part.startswith("<blockquote"):
            depth += 1
        elif part == "</blockquote>":
            depth = max(depth - 1, 0)
        elif not depth:
            kept.append(part)
    return "".join(kept)


def is_passage(chosen: str, own: str) -> bool:
    """Whether each line that was chosen stands in the author's own words as it is."""
    lines = [_plain(line) for line in chosen.splitlines() if line.strip(" …")]
    return bool(lines) and all(line in _plain(own) for line in lines)


def is_same(chosen: str, own: str) -> bool:
    return _plain(chosen) == _plain(own)


def _plain(words: str) -> str:
    return _space.sub(" ", words).strip(" …")
