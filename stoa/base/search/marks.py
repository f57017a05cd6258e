"""Showing why something was found: the words marked in the stored text, in Python, so that both databases show the same."""

from markupsafe import Markup, escape

from stoa.base.search.folding import tokens, wanted
from stoa.base.search.query import is_beginning


def highlight(text: str, asked: str) -> Markup:
    """The text, escaped, with what was asked for in `<mark>`."""
    return _marked(text, _places(text, asked))


def snippet(text: str, asked: str, length: int = 200) -> Markup:
    """The stretch of about `length` characters around the first place found, marked, on one line."""
    line = " ".join(text.split())
    places = _places(line, asked)
    start = max(0, places[0][0] - length // 3) if places else 0
    while 0 < start < len(line) and not line[start - 1].isspace() and start > (places[0][0] if places else 0) - length:
        start -= 1
    end = min(len(line), start + length)
    inside = [(first - start, last - start) for first, last in places if first >= start and last <= end]
    before, after = ("…" if start else ""), ("…" if end < len(line) else "")
    return Markup("{}{}{}").format(before, _marked(line[start:end], inside), after)


def _places(text: str, asked: str) -> list[tuple[int, int]]:
    words = wanted(asked[:1000])
    beginning = words[-1] if words and is_beginning(asked, words[-1]) else None
    whole = set(words)
    hits = [
        (token.start, token.end)
        for token in tokens(text, singles=True)
        if token.word in whole or (beginning and token.word.startswith(beginning))
    ]
    found: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _marked(text: str, places: list[tuple[int, int]]) -> Markup:
    pieces: list[Markup] = []
    at = 0
    for start, end in places:
        pieces += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])
