"""The address of a page by its name: what `reverse` says, whose shape is looked up once per name and then filled.

A topic's page holds over a hundred addresses; `reverse` tries every pattern of a name and matches its result against it each time.
"""

import re
from functools import cache
from typing import Any
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse
from django.utils.http import RFC3986_SUBDELIMS

from stoa.base import ids

PLAIN = RFC3986_SUBDELIMS + "~:@"  # what stands unquoted in a part of an address, as `reverse` has it
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
ID, WORD, TEXT = "id", "word", "text"
SAMPLES: dict[str, Any] = {ID: 0x2A5A_5A5A_5A5A_5A5A, WORD: "sample-word", TEXT: "sample tëxt"}
Parts = tuple[tuple[str, str | None], ...]


def address(name: str, **arguments: Any) -> str:
    """Raises NoReverseMatch like `reverse`, and for whatever does not consist of ids and texts asks it each time."""
    kinds = tuple((key, kind_of(value)) for key, value in arguments.items())
    parts = _parts(name, kinds)
    if parts is None:
        return reverse(name, kwargs=arguments)
    return "".join([text if key is None else text + _written(arguments[key]) for text, key in parts])


def kind_of(value: Any) -> str:
    if type(value) is int:
        return ID
    if not isinstance(value, str) or not value or "/" in value:
        return ""
    return WORD if SLUG.fullmatch(value) else TEXT


@cache
def _parts(name: str, kinds: tuple[tuple[str, str], ...]) -> Parts | None:
    """The texts of the address, each with the argument that follows it."""
    if len({kind for _key, kind in kinds}) < len(kinds) or any(kind not in SAMPLES for _key, kind in kinds):
        return None
    try:
        whole = reverse(name, kwargs={key: SAMPLES[kind] for key, kind in kinds} or None)
    except NoReverseMatch:
        return None
    places = [(whole.find(_written(SAMPLES[kind])), _written(SAMPLES[kind]), key) for key, kind in kinds]
    if any(start < 0 or whole.count(sample) > 1 for start, sample, _key in places):
        return None
    parts: list[tuple[str, str | None]] = []
    end = 0
    for start, sample, key in sorted(places):
        parts.append((whole[end:start], key))
        end = start + len(sample)
    return (*parts, (whole[end:], None))


def _written(value: Any) -> str:
    return ids.shown(value) if type(value) is int else quote(value, safe=PLAIN)
