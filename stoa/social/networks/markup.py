"""Others' HTML as words: what pages and connectors read of it. Linear also in what opens tags and closes none."""

from __future__ import annotations

import html
import re

TAGS = re.compile(r"<[^<>]*>")
LINK = re.compile(r"https?://[^\s<>\"'()\[\]]+")
NO_CHARACTER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")  # numbers that Python would refuse to read


def without_tags(text: str, instead: str = "") -> str:
    return TAGS.sub(instead, text)


def unescaped(text: str) -> str:
    return html.unescape(NO_CHARACTER.sub(" ", text))


def links_in(text: str) -> tuple[str, ...]:
    """The web addresses in words or in markup, each once, in their order."""
    return tuple(dict.fromkeys(found.rstrip(".,;:!?") for found in LINK.findall(text)))
