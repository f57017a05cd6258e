"""Words on their way to Slack and back: plain text as a block that nothing in it can format, and Slack's own form as plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]’”]")
MARKED = re.compile(r"<([^<>]*)>")


def escaped(text: str) -> str:
    """The three characters that mean something to Slack, so that no text can call a channel or a person."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def block(text: str) -> dict[str, Any]:
    """The text as a rich text block: words as they are, links as links, and nothing else."""
    parts: list[dict[str, str]] = []
    end = 0
    for link in LINK.finditer(text):
        if link.start() > end:
            parts.append({"type": "text", "text": text[end : link.start()]})
        parts.append({"type": "link", "url": link.group(), "text": link.group()})
        end = link.end()
    if text[end:] or not parts:
        parts.append({"type": "text", "text": text[end:]})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def plain(text: str, names: Mapping[str, str] | None = None) -> str:
    """What a person wrote there: links by their address, people and channels by name, the three characters back."""
    shown = MARKED.sub(lambda found: name_of(found.group(1), names or {}), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def name_of(marked: str, names: Mapping[str, str]) -> str:
    target, _bar, label = marked.partition("|")
    if target.startswith("@"):
        return f"@{label or names.get(target[1:], target[1:])}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return f"@{label.removeprefix('@') or target[1:].partition('^')[0]}"
    return label if label and not target.startswith(("http://", "https://")) else target


def same(there: str, ours: str) -> bool:
    """Whether two texts are the same but for spaces."""
    return plain(there).split() == ours.split()


def named_in(text: str) -> set[str]:
    """The people whom a text names, by their ids."""
    return {found.group(1).partition("|")[0][1:] for found in MARKED.finditer(text) if found.group(1).startswith("@")}
