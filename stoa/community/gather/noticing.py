"""The kinds of notices that this room gives. A card's `at` is the event's beginning, shown in the reader's zone."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from stoa.base import mail
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.community.gather.models import Event, Rsvp
from stoa.people import notices
from stoa.people.notices import NoticeKind


def when(instant: datetime | None) -> str:
    """Day and time in the zone that holds now (the reader's)."""
    return date_format(instant.astimezone(timezone.get_current_timezone()), "l j F, H:i") if instant else ""


def moved_up(count: int, name: str, card: Card) -> str:
    return _("You have a seat: %(title)s, %(when)s") % {"title": card.title, "when": when(card.at)}


def cancelled(count: int, name: str, card: Card) -> str:
    return _("Cancelled: %(title)s, %(when)s") % {"title": card.title, "when": when(card.at)}


def changed(count: int, name: str, card: Card) -> str:
    return _("%(title)s has another time or place: %(when)s") % {"title": card.title, "when": when(card.at)}


def comes_up(count: int, name: str, card: Card) -> str:
    return _("Coming up: %(title)s, %(when)s") % {"title": card.title, "when": when(card.at)}


def begins_soon(count: int, name: str, card: Card) -> str:
    return _("Soon: %(title)s, %(when)s") % {"title": card.title, "when": when(card.at)}


def planned(count: int, name: str, card: Card) -> str:
    return _("New event: %(title)s, %(when)s") % {"title": card.title, "when": when(card.at)}


def host(count: int, name: str, card: Card) -> str:
    return _("%(name)s made you a host of %(title)s") % {"name": name or _("Somebody"), "title": card.title}


def come_or_say_no() -> str:
    return _("If you cannot come, say so: somebody may be waiting for your seat.")


def still_comes(reader: Actor, letter: Letter) -> bool:
    """Whether a letter that counts on somebody's seat still holds: the event was not cancelled, and they did not give it back."""
    seat = Rsvp.objects.going().filter(event_id=letter.thing_id or 0, person_id=reader.own_id)
    return seat.filter(event__state=Event.State.PLANNED, event__presence=Event.Presence.HERE).exists()


def register_notices() -> None:
    """Called once by the room's plugs."""
    for key in ("gather.moved_up", "gather.tomorrow", "gather.soon"):
        mail.may_send(key)(still_comes)
    for kind in (
        NoticeKind(
            "gather.moved_up", lambda: _("A seat for you"), moved_up, come_or_say_no, mail="at_once", push="at_once", always_told=True,
            waits=False, group="events",
        ),
        NoticeKind(
            "gather.cancelled", lambda: _("Events of yours that are cancelled"), cancelled,
            lambda: _("Read why."), mail="at_once", push="at_once", always_told=True, group="events",
        ),
        NoticeKind(
            "gather.changed", lambda: _("Events of yours that have another time or place"), changed,
            lambda: _("Look whether you can still come."), mail="at_once", push="at_once", always_told=True, group="events",
        ),
        NoticeKind(
            "gather.tomorrow", lambda: _("Your events, a day before"), comes_up, come_or_say_no, mail="at_once", group="events",
        ),
        NoticeKind(
            "gather.soon", lambda: _("Your events, an hour before"), begins_soon,
            lambda: _("Everything about it stands on its page."), mail="at_once", push="at_once", waits=False, group="events",
        ),
        NoticeKind(
            "gather.planned", lambda: _("New events where you watch"), planned, lambda: _("Say whether you come."), group="watched",
        ),
        NoticeKind(
            "gather.host", lambda: _("Events that you look after"), host,
            lambda: _("Look at who comes."), mail="at_once", group="events",
        ),
    ):  # fmt: skip
        notices.register(kind)
