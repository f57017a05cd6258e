"""The same text with its links alone on a line kept plain: in angle brackets, as a writer would type it."""

from html import unescape

from stoa.base.text.cards import ALONE
from stoa.base.text.render import rendered
from stoa.base.text.source import pieces

MOST = 100  # lines that may be links


def without_cards(source: str) -> str:
    """A source of which no card is made. Nothing else of it changes."""
    left = MOST
    kept = []
    for piece, is_code in pieces(source):
        lines = piece.splitlines(keepends=True)
        for number, line in enumerate([] if is_code else lines):
            word = line.strip()
            if left and "." in word and " " not in word:
                left -= 1
                if found := ALONE.fullmatch(rendered(word)):
                    lines[number] = line.replace(word, f"<{unescape(found[2])}>")
        kept.append("".join(lines))
    return "".join(kept)
