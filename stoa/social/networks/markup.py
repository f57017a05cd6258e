"""Others' HTML as words: what pages and connectors read of it. Linear also in what opens tags and closes none."""

from __future__ import annotations

import html
import re

TAGS = re.compile(r"<[^<>]*>")
NO_CHARACTER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")  # numbers that Python would refuse to read


def without_tags(text: str, instead: str = "") -> str:
    return TAGS.sub(instead, text)


def unescaped(text: str) -> str:
    return html.unescape(NO_CHARACTER.sub(" ", text))
