"""What every page's frame shows: the organisation's name, kept for half a minute per process, so that no page asks twice."""

import time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from stoa.base.models.site import Site, site

KEPT_SECONDS = 30.0

_kept: tuple[float, Site] | None = None


def kept_site() -> Site:
    """The organisation as it was at most half a minute ago."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
        _kept = (time.monotonic(), site())
    return _kept[1]


def forget_site() -> None:
    """After the organisation's row has changed: the next page reads it anew."""
    global _kept
    _kept = None


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor of both faces. A visitor reads times in the organisation's zone (a member's own stands already)."""
    organisation = kept_site()
    if request.actor.is_visitor:  # type: ignore[attr-defined]
        timezone.activate(organisation.zone)
    return {"site": organisation}
