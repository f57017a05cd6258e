"""Mastodon's HTML as plain text: what a person wrote there, for the inbox and for reading back."""

from __future__ import annotations

import re

from stoa.social.networks.counting import near_handles
from stoa.social.networks.markup import unescaped, without_tags

BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
PARAGRAPHS = re.compile(r"</p>\s*<p[^<>]*>", re.IGNORECASE)
NAMED_FIRST = re.compile(r"^@\S+ ")
SPACES = re.compile(r"\s+")


def plain(content: str) -> str:
    """Paragraphs and breaks stay, everything else of the markup goes."""
    return unescaped(without_tags(PARAGRAPHS.sub("\n\n", BREAKS.sub("\n", content)))).strip()


def same(there: str, ours: str, *, is_answer: bool = False) -> bool:
    """Whether two texts are the same but for spaces and the domains of mentions, which the server does not show. An answer may name
    first whom it answers."""
    shown, sent = even(there), even(ours)
    return shown == sent or (is_answer and NAMED_FIRST.sub("", shown, count=1) == sent)


def even(text: str) -> str:
    return SPACES.sub(" ", near_handles(text)).strip()
