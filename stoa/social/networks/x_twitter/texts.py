"""X's texts as they were written: it shortens every address, escapes three signs, and names who is answered before an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stoa.social.networks.x_twitter.wire import listed, part, text_of

SPACES = re.compile(r"\s+")
SIGNS = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
MEDIA = re.compile(r"https?://(?:x|twitter)\.com/\w+/status/\d+/(?:photo|video)/\d+", re.IGNORECASE)
NAMED_FIRST = re.compile(r"^(?:@\w{1,15} )+")


def plain(post: Mapping[str, Any]) -> str:
    """The words, with whole addresses, and without those that X adds for pictures or puts before an answer."""
    text = text_of(post, "text")
    if listed(post, "referenced_posts") or listed(post, "referenced_tweets"):
        text = text[begins(post) :]
    for short, whole in addresses(post):
        text = text.replace(short, "" if MEDIA.fullmatch(whole) else whole)
    for sign, written in SIGNS:
        text = text.replace(sign, written)
    return text.strip()


def begins(post: Mapping[str, Any]) -> int:
    """Where the words begin: after the names of who is answered, as X itself shows it."""
    shown = listed(post, "display_text_range")
    first = shown[0] if shown else 0
    named = NAMED_FIRST.match(text_of(post, "text"))
    longest = named.end() if named else 0
    return first if isinstance(first, int) and not isinstance(first, bool) and 0 <= first <= longest else 0


def addresses(post: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(as X shortened it, as it was written)."""
    found = [(text_of(each, "url"), text_of(each, "expanded_url")) for each in listed(part(post, "entities"), "urls")]
    return [(short, whole) for short, whole in found if short and whole.startswith(("http://", "https://"))]


def holds(post: Mapping[str, Any], marker: str) -> bool:
    """Whether our link's code stands in it."""
    return any(marker in whole for _, whole in addresses(post)) or marker in text_of(post, "text")


def same(post: Mapping[str, Any], ours: str) -> bool:
    return even(plain(post)) == even(ours)


def even(text: str) -> str:
    return SPACES.sub(" ", text).strip()
