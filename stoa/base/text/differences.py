"""What differs between two texts, word by word: lines are matched first, and words within the lines that changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A word, a blank, a mark; of scripts without blanks between words, each character.
_token = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|\s|[^\w\s]"
)
MOST_PAIRS = 400_000  # of words compared in one text; beyond, a changed passage is shown as taken out and put in whole
MOST_LINES = 4_000  # of either text; a text of more is told as one passage
Sort = Literal["same", "out", "in"]


@dataclass(frozen=True)
class Passage:
    """A part of the text: it stayed, was taken out, or was put in."""

    sort: Sort
    words: str


def differences(before: str, after: str) -> list[Passage]:
    """The passages in order: those that are not "in" make up `before`, those that are not "out" make up `after`."""
    return list(_joined(_by_lines(before.splitlines(keepends=True), after.splitlines(keepends=True))))


def _by_lines(before: list[str], after: list[str]) -> Iterator[Passage]:
    if max(len(before), len(after)) > MOST_LINES:
        before, after = ["".join(before)], ["".join(after)]
    left = MOST_PAIRS
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield Passage("same", "".join(before[start:end]))
            continue
        taken, put = "".join(before[start:end]), "".join(after[new_start:new_end])
        old, new = _token.findall(taken), _token.findall(put)
        pairs = len(old) * len(new)
        if 0 < pairs <= left:
            left -= pairs
            yield from _by_words(old, new)
        else:
            yield from (Passage("out", taken), Passage("in", put))


def _by_words(old: list[str], new: list[str]) -> Iterator[Passage]:
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Passage("same", "".join(old[start:end]))
        else:
            yield Passage("out", "".join(old[start:end]))
            yield Passage("in", "".join(new[new_start:new_end]))


def _joined(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Neighbours of one sort as one; empty ones left out. A single blank between two changes belongs to them."""
    taken, put = "", ""
    waiting: list[Passage] = []
    for each in [*passages, Passage("same", "")]:
        if each.sort == "out":
            taken += each.words
        elif each.sort == "in":
            put += each.words
        elif each.words.strip(" ") or not each.words:
            waiting = [Passage("out", taken), Passage("in", put), each]
            yield from (one for one in waiting if one.words)
            taken, put = "", ""
        elif taken or put:
            taken, put = taken + each.words, put + each.words
        else:
            yield each
