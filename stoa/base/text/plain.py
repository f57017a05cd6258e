"""Rendered text without its markup: for search, excerpts, mails and ranges of quotes; and which way it is read."""

import re
import unicodedata
from collections.abc import Mapping
from html import unescape

from stoa.base import ids
from stoa.base.text.sockets import Name
from stoa.base.text.spoilers import covered

_picture = re.compile(r'<img (?:[^>"]|"[^"]*")*?alt="([^"]*)"')
_person = re.compile(rf'<x-person id="([{ids.ALPHABET}]{{{ids.LENGTH}}})">')
_group = re.compile(r'<x-group id="([a-z]{2,20})">')
_end = re.compile(r"</(?:p|li|h\d|blockquote|pre|tr|table|ul|ol)>|<br>|<hr>")
_cell = re.compile(r"</t[dh]>")
_tag = re.compile(r'<(?:[^>"]|"[^"]*")*+>')
_space = re.compile(r"[ \t\xa0]+")
_lines = re.compile(r"\s*\n\s*")


def plain(html: str, names: Mapping[int, Name] | None = None) -> str:
    """The words that everybody sees at once, one line per block; a spoiler is a sign. Mentions show as `@name` where `names` knows
    them, else as `@…`."""
    return all_words(covered(html), names)


def all_words(html: str, names: Mapping[int, Name] | None = None) -> str:
    """The same with what spoilers say: for those who judge a text."""

    def named(match: re.Match[str]) -> str:
        person = (names or {}).get(ids.parse(match[1]))
        return f"@{person.name}".replace("<", "&lt;") if person else "@…"

    text = _person.sub(named, _group.sub(r"@\1", _picture.sub(r"\1<img ", html)))
    text = unescape(_tag.sub("", _cell.sub(" ", _end.sub("\n", text))))
    return _lines.sub("\n", _space.sub(" ", text)).strip()


def excerpt(html: str, length: int = 200, names: Mapping[int, Name] | None = None) -> str:
    """The beginning as one line of at most `length` characters, cut between words where there are any."""
    return shortened(plain(html, names).replace("\n", " "), length)


def first_line(html: str, length: int = 160) -> str:
    """The first line of the plain text, cut in the same way."""
    return shortened(plain(html).partition("\n")[0], length)


def shortened(text: str, length: int) -> str:
    """At most `length` characters of one line, cut between words where there are any."""
    if len(text) <= length:
        return text
    short = text[: length - 1]
    at = short.rfind(" ")
    return (short[:at] if at > length // 2 else short).rstrip(" ,;:.") + "…"


def cut(html: str, start: int, end: int) -> str:
    """The characters [start, end) of the plain text: what a quote of this text shows."""
    return plain(html)[start:end].strip()


def direction_of(text: str) -> str:
    """ "rtl" or "ltr" by the first letter that has a direction; "auto" when there is none."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "auto"
