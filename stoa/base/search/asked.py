"""What somebody typed, read: words, and phrases in quotation marks. Nothing else that is typed is an operator."""

import re
from dataclasses import dataclass
from functools import lru_cache

from stoa.base.search.folding import tokens

LONGEST = 1000  # characters of a question; the rest is not asked
MOST_WORDS = 24  # of a question
SHORTEST_BEGINNING = 2
_quoted = re.compile(r'"([^"]*)"|[“„]([^“”„]*)[”“]|«([^«»]*)»')


@dataclass(frozen=True)
class Asked:
    """`words` anywhere, each once; `phrases`: words that follow each other; `open_end`: the last word may be a beginning."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    open_end: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)


@lru_cache(500)
def read(text: str) -> Asked:
    """A pair of quotation marks makes a phrase of what stands between them; one alone is a sign like any other."""
    text = text[:LONGEST]
    phrases = [found for quoted in _quoted.finditer(text) if (found := _words("".join(filter(None, quoted.groups()))))]
    loose = loose_part(text)
    words = list(dict.fromkeys(_words(loose)))[:MOST_WORDS]
    last = words[-1] if words else ""
    ends = len(last) >= SHORTEST_BEGINNING and not loose[-1:].isspace() and len(text) < LONGEST
    return Asked(tuple(words), tuple(_first(phrases, MOST_WORDS - len(words))), ends)


def loose_part(text: str) -> str:
    """The text with blanks where phrases stand: each character keeps its place."""
    return _quoted.sub(lambda quoted: " " * len(quoted[0]), text[:LONGEST])


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(text))


def _first(phrases: list[tuple[str, ...]], most: int) -> list[tuple[str, ...]]:
    kept: list[tuple[str, ...]] = []
    for phrase in phrases:
        if (left := most - sum(map(len, kept))) > 0:
            kept.append(phrase[:left])
    return kept
