"""Mastodon's HTML as plain text: what a person wrote there, for the inbox and for reading back."""

from __future__ import annotations

import html
import re

BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
PARAGRAPHS = re.compile(r"</p>\s*<p[^<>]*>", re.IGNORECASE)
TAGS = re.compile(r"<[^<>]*>")
SPACES = re.compile(r"\s+")


def plain(content: str) -> str:
    """Paragraphs and breaks stay, everything else of the markup goes."""
    return html.unescape(TAGS.sub("", PARAGRAPHS.sub("\n\n", BREAKS.sub("\n", content)))).strip()


def same(one: str, other: str) -> bool:
    """Whether two texts are the same but for spaces."""
    return SPACES.sub(" ", one).strip() == SPACES.sub(" ", other).strip()
