"""Pieces drawn once: what a macro makes of the same words, kept in the process.

    {{ drawn("talk/pieces.html", "topic_row", topic.title, topic.get_absolute_url(), ui.time(topic.bumped_at)) }}

A piece depends on nothing but what it is given (and on the language): no request, no clock, no form's token. So nothing has to be
emptied when something changes; other words are another piece. What cannot be compared (a dict, a list) is drawn each time.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils import translation
from jinja2.exceptions import UndefinedError

KEPT = 4000  # pieces, most of them below a kilobyte


def drawn(macro: Callable[..., str], *given: Any, **named: Any) -> str:
    """What `macro(*given, **named)` draws."""
    try:
        return _drawn(macro, translation.get_language(), *given, **named)
    except (TypeError, UndefinedError):  # something in it has no hash
        return macro(*given, **named)


@lru_cache(KEPT, typed=True)  # typed: markup and the text of the same letters are two things
def _drawn(macro: Callable[..., str], _language: str | None, /, *given: Any, **named: Any) -> str:
    return macro(*given, **named)
