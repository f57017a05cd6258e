"""Facets: which bytes of a text are a link, a mention or a tag. Offsets count UTF-8 bytes, not characters.

Rule: https://docs.bsky.app/docs/advanced-guides/post-richtext
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import regex

from stoa.social.networks.counting import graphemes

TAG_GRAPHEMES = 64
TAG_BYTES = 640

_LINK = regex.compile(r"(?<![\w@/])https?://[^\s<>\"'“”«»]+", regex.IGNORECASE)
_MENTION = regex.compile(
    r"(?<![\w@/.])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)", regex.IGNORECASE
)
_TAG = regex.compile(r"(?<![\w&/#＃])[#＃]([^\s#＃\u00ad\u2060\u200a-\u200d]+)")
_TAG_TAIL = regex.compile(r"[\p{P}--[_]]+$", regex.VERSION1)


def facets_of(text: str, resolve: Callable[[str], str]) -> list[dict[str, Any]]:
    """`resolve` gives the DID of a handle, or "" when nobody has it (the mention then stays plain text)."""
    found = [*_links(text), *_mentions(text, resolve), *_tags(text)]
    facets: list[dict[str, Any]] = []
    reached = 0
    for start, end, feature in sorted(found, key=lambda piece: piece[0]):
        if start < reached:
            continue
        reached = end
        facets.append(
            {"index": {"byteStart": _bytes_to(text, start), "byteEnd": _bytes_to(text, end)}, "features": [feature]}
        )
    return facets


def _links(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in _LINK.finditer(text):
        address = _without_tail(match.group())
        if address.partition("://")[2]:
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": address}
            yield match.start(), match.start() + len(address), feature


def _without_tail(address: str) -> str:
    """Drops the sentence's punctuation from the end; a closing bracket stays when it was opened inside."""
    while address:
        last = address[-1]
        if last in ".,;:!?…*_~" or (last in ")]}" and address.count(last) > address.count("([{"[")]}".index(last)])):
            address = address[:-1]
        else:
            break
    return address


def _mentions(text: str, resolve: Callable[[str], str]) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in _MENTION.finditer(text):
        if did := resolve(match.group(1).lower()):
            yield match.start(), match.end(), {"$type": "app.bsky.richtext.facet#mention", "did": did}


def _tags(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in _TAG.finditer(text):
        tag = _TAG_TAIL.sub("", match.group(1)).rstrip("\ufe0f")
        if tag and not tag.isdigit() and graphemes(tag) <= TAG_GRAPHEMES and len(tag.encode()) <= TAG_BYTES:
            yield match.start(), match.start() + 1 + len(tag), {"$type": "app.bsky.richtext.facet#tag", "tag": tag}


def _bytes_to(text: str, index: int) -> int:
    return len(text[:index].encode("utf-8"))
