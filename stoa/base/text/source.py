"""The source as it is kept: normalised, with mentions as ids; and as it is edited again, with names."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from stoa.base import ids
from stoa.base.errors import Invalid
from stoa.base.text.sockets import Name

LONGEST = 50_000  # characters
MOST_MENTIONS = 50
WORDS_OF_A_NAME = 4
PERSON = re.compile(rf"@\[person:([{ids.ALPHABET}]{{{ids.LENGTH}}})\]")
GROUP = re.compile(r"@\[group:([a-z]{2,20})\]")
_called = re.compile(r"(?<![\w@/.\\])@(\w[\w.'’-]{0,79}(?: \w[\w.'’-]{0,79}){0,3})")
_fence = re.compile(r" {0,3}(`{3,}|~{3,})")
# What turns the direction of foreign text around, and control characters but tab and newline.
_unwanted = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

NO_GROUPS: Mapping[str, str] = MappingProxyType({})
Resolve = Callable[[Collection[str]], Mapping[str, int]]


def normalised(source: str) -> str:
    """NFC, newlines as \\n, no control or direction-override characters. Raises `Invalid` when too long."""
    if len(source) > LONGEST:
        raise Invalid(_("This text is too long."), _("Keep it under %(n)s characters.") % {"n": f"{LONGEST:,}"}, "text")
    text = source.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", _unwanted.sub("", text)).strip("\n")


def with_ids(source: str, resolve: Resolve, groups: Mapping[str, str] = NO_GROUPS) -> str:
    """Writes `@Name` as `@[person:ID]` wherever the resolver knows one person by that name, outside of code. `groups`: words that name a
    group of people, each with its key; the writer may call those and no others, so that a key that they typed themselves counts for
    nothing. Nobody takes a group's word by calling themselves so."""
    source = GROUP.sub(r"@\1", source)
    split = list(pieces(source))
    called = [match for piece, is_code in split if not is_code for match in _called.finditer(piece)]
    wanted = {name.casefold() for match in called[:MOST_MENTIONS] for name in _candidates(match[1])}
    known = resolve(wanted) if wanted else {}
    if not known and not wanted.intersection(groups):
        return source

    def replaced(match: re.Match[str]) -> str:
        for name in _candidates(match[1]):
            if name.casefold() in groups:
                return f"@[group:{groups[name.casefold()]}]{match[1][len(name) :]}"
            if name.casefold() in known:
                return f"@[person:{ids.shown(known[name.casefold()])}]{match[1][len(name) :]}"
        return match[0]

    return "".join(piece if is_code else _called.sub(replaced, piece) for piece, is_code in split)


def for_editing(source: str, names: Mapping[int, Name]) -> str:
    """The source with names in place of ids, for the text field; who is not known keeps the id."""

    def named(match: re.Match[str]) -> str:
        person = names.get(ids.parse(match[1]))
        return f"@{person.name}" if person else match[0]

    return GROUP.sub(r"@\1", PERSON.sub(named, source))


def _candidates(words: str) -> list[str]:
    """What may be the name, longest first: one to four words, without what ends a sentence."""
    parts = words.split(" ")[:WORDS_OF_A_NAME]
    found: list[str] = []
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[:count])
        short = name.rstrip(".'’-")
        found += [name, short, re.sub(r"['’]s$", "", short)]
    return list(dict.fromkeys(found))


def pieces(source: str) -> Iterator[tuple[str, bool]]:
    """The source in pieces: (text, whether it is code). Joined they are the source."""
    prose: list[str] = []
    fence = ""
    for line in source.splitlines(keepends=True):
        opened = _fence.match(line)
        if fence:
            yield line, True
            if opened and opened[1].startswith(fence) and not line.strip(" \n" + fence[0]):
                fence = ""
        elif opened:
            yield from _spans("".join(prose))
            prose, fence = [], opened[1]
            yield line, True
        else:
            prose.append(line)
    yield from _spans("".join(prose))


def _spans(prose: str) -> Iterator[tuple[str, bool]]:
    """Splits off code spans: from a run of backticks to the next run of the same length. Linear in the length."""
    runs = list(re.finditer("`+", prose))
    later: dict[int, int] = {}
    closing: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index][0])
        closing[index] = later.get(length)
        later[length] = index
    index = at = 0
    while index < len(runs):
        end = closing[index]
        if end is None:
            index += 1
            continue
        yield prose[at : runs[index].start()], False
        yield prose[runs[index].start() : runs[end].end()], True
        at, index = runs[end].end(), end + 1
    yield prose[at:], False
