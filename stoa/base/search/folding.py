"""Words as search compares them: case and accents folded, scripts without spaces cut into pairs."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

MOST_TOKENS = 14_000  # of one document's body; what stands after them is not found (a tsvector counts places to 16,383)
LONGEST_TOKEN = 64
# Accents of Latin, Greek and Cyrillic; points of Hebrew and Arabic. Vowel signs of other scripts are letters to a reader and stay.
_accents = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
_ascii_words = re.compile("[0-9a-z]+")
_plain = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ς": "σ"}
)
_unspaced = re.compile(
    "[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)


class Token(NamedTuple):
    """A folded word (or pair of characters) and where in the text it stands."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Case and accents away. The length may change."""
    bare = _accents.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", bare.translate(_plain))


def words(text: str) -> Iterator[str]:
    """The words to store, in order, as they are asked for: of unspaced scripts the pairs, or a character that stands alone."""
    if text.isascii():
        yield from (word[:LONGEST_TOKEN] for word in _ascii_words.findall(text.lower()))
        return
    for token in tokens(text):
        yield token.word


def singles(text: str) -> list[str]:
    """Each character of unspaced scripts, once: stored apart from the words, so that these follow each other as in a phrase."""
    found = dict.fromkeys(character for run in _unspaced.findall(text) for character in fold(run))
    return [character for character in found if character.isalnum() or unicodedata.category(character)[0] == "M"]


def wanted(text: str) -> list[str]:
    """The words to look for, each once, in order; for unspaced scripts the pairs only, or a character that stands alone."""
    return list(dict.fromkeys(token.word for token in tokens(text)))


def tokens(text: str, *, singles: bool = False) -> Iterator[Token]:
    """The words of a text with their places, as `wanted` counts them; with `singles` also each character of unspaced scripts."""
    if text.isascii():
        for found in _ascii_words.finditer(text.lower()):
            yield Token(found[0][:LONGEST_TOKEN], found.start(), found.end())
        return
    for start, end in _runs(text):
        for word, first, last in _of_run(text[start:end], singles=singles):
            yield Token(word, start + first, start + last)


def is_spaced(word: str) -> bool:
    """Whether the word is of a script that puts blanks between words."""
    return not _unspaced.search(word)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Unbroken runs of letters, marks and digits."""
    start = -1
    for at, character in enumerate(text):
        if character.isalnum() or unicodedata.category(character)[0] == "M":
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def _of_run(run: str, *, singles: bool) -> Iterator[tuple[str, int, int]]:
    at = 0
    for match in _unspaced.finditer(run):
        yield from _spelled(run, at, match.start())
        yield from _paired(run, match.start(), match.end(), singles)
        at = match.end()
    yield from _spelled(run, at, len(run))


def _spelled(run: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    folded = fold(run[start:end])
    for word in "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded).split():
        yield word[:LONGEST_TOKEN], start, end


def _paired(run: str, start: int, end: int, singles: bool) -> Iterator[tuple[str, int, int]]:
    folded = fold(run[start:end])
    exact = len(folded) == end - start
    if singles or len(folded) == 1:
        for at, character in enumerate(folded):
            place = (start + at, start + at + 1) if exact else (start, end)
            yield character, *place
    for at in range(len(folded) - 1):
        place = (start + at, start + at + 2) if exact else (start, end)
        yield folded[at : at + 2], *place
