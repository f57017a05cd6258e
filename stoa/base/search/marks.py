"""Showing why something was found: the words marked in the stored text, in Python, so that both databases show the same."""

import re
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from stoa.base.search import asked
from stoa.base.search.asked import Asked
from stoa.base.search.folding import LONGEST_TOKEN, Token, tokens


def highlight(text: str, question: str) -> Markup:
    """The text, escaped, with what was asked for in `<mark>`."""
    return _marked(text, _places(text, question))


def snippet(text: str, question: str, length: int = 200) -> Markup:
    """The stretch of about `length` characters around the first place found, marked, on one line."""
    line = " ".join(text.split())
    places = _places(line, question)
    start = max(0, places[0][0] - length // 3) if places else 0
    while 0 < start < len(line) and not line[start - 1].isspace() and start > (places[0][0] if places else 0) - length:
        start -= 1
    end = min(len(line), start + length)
    inside = [(first - start, last - start) for first, last in places if first >= start and last <= end]
    before, after = ("…" if start else ""), ("…" if end < len(line) else "")
    return Markup("{}{}{}").format(before, _marked(line[start:end], inside), after)


def _places(text: str, question: str) -> list[tuple[int, int]]:
    wanted = asked.read(question)
    if not wanted:
        return []
    found: list[tuple[int, int]] = []
    for start, end in sorted([*_of_words(text, wanted), *_of_phrases(text, wanted)]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _of_words(text: str, wanted: Asked) -> Iterator[tuple[int, int]]:
    if text.isascii():
        pattern = _pattern(wanted)
        yield from (found.span() for found in pattern.finditer(text)) if pattern else ()
        return
    whole, beginning = _alone(wanted), wanted.words[-1] if wanted.open_end else None
    for token in tokens(text, singles=True):
        if token.word in whole or (beginning and token.word.startswith(beginning)):
            yield token.start, token.end


def _alone(wanted: Asked) -> set[str]:
    """The words that count wherever they stand."""
    return {*wanted.words, *(phrase[0] for phrase in wanted.phrases if len(phrase) == 1)}


@lru_cache(500)
def _pattern(wanted: Asked) -> re.Pattern[str] | None:
    """What finds the words in a text of plain letters without cutting all of it into words; None where none of them is plain."""
    ends = {word: len(word) == LONGEST_TOKEN for word in _alone(wanted) if word.isascii()}  # a longer one was cut there
    if wanted.open_end and wanted.words[-1].isascii():
        ends[wanted.words[-1]] = True
    each = [f"{word}[0-9a-z]*" if is_open else f"{word}(?![0-9a-z])" for word, is_open in ends.items()]
    return re.compile(f"(?<![0-9a-z])(?:{'|'.join(each)})", re.IGNORECASE | re.ASCII) if each else None


def _of_phrases(text: str, wanted: Asked) -> Iterator[tuple[int, int]]:
    phrases = [phrase for phrase in wanted.phrases if len(phrase) > 1]
    every: list[Token] = list(tokens(text)) if phrases else []
    for phrase in phrases:
        for at in range(len(every) - len(phrase) + 1):
            if all(every[at + step].word == word for step, word in enumerate(phrase)):
                yield every[at].start, every[at + len(phrase) - 1].end


def _marked(text: str, places: list[tuple[int, int]]) -> Markup:
    pieces: list[Markup] = []
    at = 0
    for start, end in places:
        pieces += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])
