"""See it as…: for a while somebody sees the place as another kind of person would, and changes nothing.

The socket: a room says what can be chosen and how it sees (`plug`): `(own, kind, number) -> Actor`, or None where this person may not
choose it (any more). It is asked at every request, page and live stream alike, and gives an Actor that is no person.

What is chosen stands in the session and nowhere else: signing out ends it, and so does its end. `request.actor` is the Actor of the
sight, `request.sight` says which it is, and `request.user` is nobody's, so that no page of an account opens. Only GET is answered, and
the two addresses in `STILL_OWN`, where they are themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed

LASTS = timedelta(minutes=30)
STILL_OWN = ("/sight/", "/sign-out/")
READS = ("GET", "HEAD", "OPTIONS")
KEY = "sight"
Sees = Callable[[Actor, str, int], Actor | None]
_sees: Sees | None = None


@dataclass(frozen=True)
class Sight:
    """What somebody chose to see as: a kind, of what, until when, and the address where they began."""

    kind: str
    number: int
    until: datetime
    back: str


def plug(sees: Sees) -> None:
    global _sees
    _sees = sees


def begin(session: Any, kind: str, number: int, back: str) -> Sight:
    sight = Sight(kind, number, clock.now() + LASTS, back)
    session[KEY] = [kind, number, sight.until.isoformat(), back]
    return sight


def end(session: Any) -> Sight | None:
    """Ends it, if it is on. Gives what it was."""
    sight = chosen(session)
    session.pop(KEY, None)
    return sight


def chosen(session: Any) -> Sight | None:
    """What this session sees as now; None once its time is over."""
    kept = session.get(KEY)
    if not kept:
        return None
    sight = Sight(kept[0], kept[1], datetime.fromisoformat(kept[2]), kept[3])
    return sight if sight.until > clock.now() else None


def actor_of(session: Any, own: Actor) -> tuple[Actor, Sight | None]:
    """As whom this session sees: the Actor of its sight, in the language and zone of the person; or the person as they are."""
    sight = chosen(session)
    seen = _sees(own, sight.kind, sight.number) if sight and _sees else None
    if sight is None or seen is None:
        return own, None
    return replace(seen, language=own.language, zone=own.zone), sight


class SeesAs:
    """Puts the Actor of the sight in the person's place. Stands right behind `ActorOfRequest`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.sight = None  # type: ignore[attr-defined]
        own: Actor = request.actor  # type: ignore[attr-defined]
        if own.is_visitor or request.path in STILL_OWN:
            return self.get_response(request)
        seen, sight = actor_of(request.session, own)
        if sight is None:
            return self.get_response(request)
        request.actor, request.sight, request.user = seen, sight, AnonymousUser()  # type: ignore[attr-defined]
        return self.get_response(request) if request.method in READS else _only_looking(request)


def _only_looking(request: HttpRequest) -> HttpResponse:
    from stoa.base import pages

    why = _("You are seeing this place as somebody else would, and so nothing can be changed.")
    return pages.problem(request, NotAllowed(why, _("End it in the bar at the top, then do it again as yourself.")))
