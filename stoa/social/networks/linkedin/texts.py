"""LinkedIn's "little text": signs that mean something there are escaped, so that they are the signs that were typed; and back.

learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
"""

from __future__ import annotations

import hashlib
import re

RESERVED = r"\\|{}@\[\]()<>#*_~"
SIGN = re.compile(rf"[{RESERVED}]")
HASHTAG = re.compile(r"(?:^|(?<=\s))[#＃](?=\w)")
WRITTEN = re.compile(rf"\\([{RESERVED}])")
TEMPLATE = re.compile(r"\{hashtag\|\\?([#＃])\|([^|{}]*)\}")
MENTION = re.compile(r"@\[((?:\\.|[^\]\\])*)\]\(urn:li:[^)]*\)")
SPACES = re.compile(r"\s+")


def little(text: str) -> str:
    """Plain words as LinkedIn takes them. A hashtag stays one; nobody is called by what a text merely names."""
    tags = {found.start() for found in HASHTAG.finditer(text)}
    return SIGN.sub(lambda found: found[0] if found.start() in tags else f"\\{found[0]}", text)


def plain(commentary: str) -> str:
    """The words as they were typed."""
    shown = MENTION.sub(r"\1", TEMPLATE.sub(r"\1\2", commentary))
    return WRITTEN.sub(r"\1", shown).strip()


def even(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def version_of(text: str) -> str:
    """Which words stand there: the same for the same words, so that a correction can be told from what stood before."""
    return hashlib.sha256(even(text).encode()).hexdigest()[:20]
