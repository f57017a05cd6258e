"""Showing why something was found: the words marked in the stored text, in Python, so that both databases show the same."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from stoa.base.search import asked
from stoa.base.search.asked import Asked
from stoa.base.search.folding import Token, tokens


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
    whole = {*wanted.words, *(phrase[0] for phrase in wanted.phrases if len(phrase) == 1)}
    beginning = wanted.words[-1] if wanted.open_end else None
    for token in tokens(text, singles=True):
        if token.word in whole or (beginning and token.word.startswith(beginning)):
            yield token.start, token.end


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
