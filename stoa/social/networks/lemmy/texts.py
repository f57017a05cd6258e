"""What Lemmy reads is Markdown: line breaks that stay, and pictures that stand in the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

BREAK = re.compile(r"(?<!\n)[ \t]*\n(?!\n)")
SHOWN = re.compile(r"^!\[(?:\\.|[^\]\\])*\]\(\S+\)$", re.MULTILINE)
SIGN = re.compile(r"([\[\]\\])")


def markdown(text: str, pictures: Sequence[tuple[str, str]] = ()) -> str:
    """The words with hard line breaks, and below them each picture as (address, description)."""
    shown = [f"![{described(alt)}]({address})" for address, alt in pictures]
    return "\n\n".join(each for each in (BREAK.sub("  \n", text), *shown) if each)


def described(alt: str) -> str:
    return SIGN.sub(r"\\\1", " ".join(alt.split()))


def pictures_in(body: str) -> list[str]:
    """The pictures that stand below the words, as they are written there."""
    return SHOWN.findall(body)


def same(there: str, ours: str) -> bool:
    """Whether two texts are the same but for spaces and the pictures below them."""
    return SHOWN.sub("", there).split() == ours.split()
