"""What somebody may have meant who found nothing, or next to nothing: their question with words that are spelled alike."""

from collections.abc import Iterator
from itertools import product

from stoa.base.search import asked, spelling
from stoa.base.search.folding import Token, tokens
from stoa.base.search.query import EVERYTHING, Readable, Within, count

FEW = 3  # of a word that so few texts hold, another may have been meant
RATHER = 10  # times as much is found by what is suggested
MOST_MENDED = 3  # words of a question
MOST_TRIED = 12


def corrected(text: str, *, to: Readable, within: Within = EVERYTHING) -> str:
    """The question with words mended, by which this reader finds something where this one gives nothing, or ten times what it gives;
    "" when there is no such. A word that only others may read is never suggested: each is tried under the reader's rights."""
    found = count(text, to=to, within=within)
    if found >= FEW:
        return ""
    suspects = dict(_suspects(text, to))
    chosen = (([(0, token.word)] if held else []) + spelling.near(token.word) for token, held in suspects.items())
    ways = sorted(product(*chosen), key=lambda way: sum(steps for steps, _ in way))
    ways = [way for way in ways if any(steps for steps, _ in way)]
    for way in ways[:MOST_TRIED]:
        mended = _with(text, {token: word for token, (_, word) in zip(suspects, way, strict=True)})
        if count(mended, to=to, within=within) >= max(found * RATHER, 1):
            return mended
    return ""


def _suspects(text: str, to: Readable) -> Iterator[tuple[Token, int]]:
    """The words that this reader finds (almost) nowhere, and how often they do; in phrases nothing is mended."""
    loose = asked.loose_part(text)
    words = list(tokens(loose))
    if len(words) > asked.MOST_WORDS:
        return
    seen = 0
    for token in words:
        last = token is words[-1] and not loose[-1:].isspace()
        if seen < MOST_MENDED and (held := count(token.word if last else f"{token.word} ", to=to)) < FEW:
            seen += 1
            yield token, held


def _with(text: str, mended: dict[Token, str]) -> str:
    for token in sorted(mended, key=lambda token: -token.start):
        text = text[: token.start] + mended[token] + text[token.end :]
    return text
