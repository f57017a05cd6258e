"""Panels: a higher room's piece on a lower room's page, at a place that the page names.

The socket: `@panel("talk.topic.actions", queries=1)` on a function `(request, subject) -> markup`; the page writes
`{{ panels("talk.topic.actions", topic) }}`. Places are listed in ARCHITECTURE.md with what subject they pass.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from markupsafe import Markup

Draw = Callable[[HttpRequest, Any], str]


@dataclass(frozen=True)
class Panel:
    """One plug: at most `queries` database queries each time that it is drawn."""

    place: str
    name: str
    draw: Draw
    queries: int
    order: int


_panels: dict[str, list[Panel]] = {}


def panel(place: str, *, queries: int, order: int = 100) -> Callable[[Draw], Draw]:
    """Registers the decorated function at `place`. It returns markup, or an empty string when it has nothing to say."""

    def register(draw: Draw) -> Draw:
        plugs = _panels.setdefault(place, [])
        plugs.append(Panel(place, f"{draw.__module__}.{draw.__name__}", draw, queries, order))
        plugs.sort(key=lambda plug: (plug.order, plug.name))
        return draw

    return register


def at(place: str) -> list[Panel]:
    return list(_panels.get(place, []))


def places() -> list[str]:
    return sorted(_panels)


def draw(request: HttpRequest, place: str, subject: Any) -> Markup:
    """All panels at a place, in order. What a panel returns is markup that it rendered with escaping on."""
    return Markup("".join([plug.draw(request, subject) for plug in _panels.get(place, ())]))  # noqa: S704
