"""What a mail and its page can say at all."""

from __future__ import annotations

import re

NO_XML = re.compile(
    r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]"
)  # no character that a mail program or a database would trip over


def speakable(text: str) -> str:
    """Without what would break the head of a mail or its words."""
    return NO_XML.sub("", text)
