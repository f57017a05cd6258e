"""Pieces of a page that are drawn once and kept in the process, in two ways.

    {{ drawn("base/ui/people.html", "avatar", name, portrait) }}      the same words, the same piece
    {{ filled("talk/pieces.html", "reply", line.shape, line.holes) }}  the same shape, the same piece with other words in it

A piece depends on nothing but what it is given (and on the language): no request, no clock, no form's token. So nothing has to be
emptied when something changes; other words are another piece.

`filled` calls `macro(shape, holes)` once per shape with stand-ins for the holes, and beside it with the real ones: only when both are the
same text but for what fills the holes is the piece kept. So a macro writes a hole and asks whether it is empty, and whatever depends on
more than that belongs into the shape: one that computes with a hole is found out and drawn anew each time, as without this module.
What cannot be compared (a dict, a list) is drawn each time too.
"""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.utils import translation
from jinja2.exceptions import UndefinedError
from markupsafe import Markup, escape

KEPT = 4000  # pieces, most of them below a kilobyte
STAND_IN = "\ue000Stands for the Words of somebody, whoever writes them and However long they are: {:03d}.\ue001"
PLACE = re.compile(STAND_IN.replace("{:03d}.", r"(\d{3})\."))


def drawn(macro: Callable[..., str], *given: Any, **named: Any) -> str:
    """What `macro(*given, **named)` draws."""
    try:
        return _drawn(macro, translation.get_language(), *given, **named)
    except (TypeError, UndefinedError):  # something in it has no hash
        return macro(*given, **named)


@lru_cache(KEPT, typed=True)  # typed: markup and the text of the same letters are two things
def _drawn(macro: Callable[..., str], _language: str | None, /, *given: Any, **named: Any) -> str:
    return macro(*given, **named)


def filled(macro: Callable[[Any, Any], str], shape: Hashable, holes: Any) -> str:
    """What `macro(shape, holes)` draws; `holes` is a named tuple of texts and markup."""
    key = (macro, translation.get_language(), type(holes), shape, tuple([bool(each) for each in holes]))
    try:
        parts = _parts.get(key, ...)
    except (TypeError, UndefinedError):
        return macro(shape, holes)
    if parts is ...:
        if len(_parts) >= KEPT:
            _parts.clear()
        parts = _parts[key] = _cut(macro, shape, holes)
    if parts is None:
        return macro(shape, holes)
    written = [each if type(each) is Markup else escape(each) for each in holes]
    return Markup("".join([part if type(part) is str else written[part] for part in parts]))  # type: ignore[index]  # noqa: S704


_parts: dict[Hashable, tuple[str | int, ...] | None] = {}


def _cut(macro: Callable[[Any, Any], str], shape: Hashable, holes: Any) -> tuple[str | int, ...] | None:
    """The texts of a piece with the number of the hole between each two, proven against the real one."""
    stand_ins = (Markup(STAND_IN.format(number)) if each else each for number, each in enumerate(holes))  # noqa: S704
    pieces = PLACE.split(str(macro(shape, type(holes)(*stand_ins))))
    parts = tuple(int(each) if place % 2 else each for place, each in enumerate(pieces))
    whole = "".join([part if isinstance(part, str) else escape(holes[part]) for part in parts])
    return parts if whole == str(macro(shape, holes)) else None
