"""What a feed can say at all."""

from __future__ import annotations

import re

NO_XML = re.compile(
    r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]"
)  # what XML 1.0 cannot say, not even as a code


def speakable(text: str) -> str:
    """Without what would break the feed for all that stands in it."""
    return NO_XML.sub("", text)
