"""The kinds of notices of direct messages. None of them, and no mail of them, holds words of a message."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import mail
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.community.talk.direct_reading import with_news
from stoa.community.talk.models import Exchange
from stoa.people import notices
from stoa.people.notices import NoticeKind

MESSAGE, REQUEST, ADDED = "talk.direct", "talk.direct_request", "talk.direct_added"


def wrote(count: int, name: str, card: Card) -> str:
    who = {"name": name or _("Somebody"), "title": card.title, "count": count}
    if count > 1:
        words = ngettext("%(count)s direct message: %(title)s", "%(count)s direct messages: %(title)s", count)
        return words % who
    if card.title == name:
        return _("%(name)s wrote to you") % who
    return _("%(name)s wrote to the group “%(title)s”") % who


def asks(count: int, name: str, card: Card) -> str:
    who = {"name": name or _("Somebody"), "title": card.title}
    if card.title == name:
        return _("%(name)s would like to write to you") % who
    return _("%(name)s would like to have you in the group “%(title)s”") % who


def added(count: int, name: str, card: Card) -> str:
    return _("%(name)s added you to the group “%(title)s”") % {"name": name or _("Somebody"), "title": card.title}


def still_wished(reader: Actor, letter: Letter) -> bool:
    """Not where they muted the exchange after the letter was written, nor of somebody whom they chose not to read since then."""
    rows = Exchange.objects.visible_to(reader).listed_for(reader).filter(id=letter.thing_id or 0)
    found = with_news(rows, reader).first()
    return found is not None and vars(found)["level"] != "mute"


def register_direct_notices() -> None:
    """Called once by the room's plugs."""
    kinds = (
        NoticeKind(
            MESSAGE, lambda: _("Direct messages to you"), wrote, lambda: _("Read it, and answer if you like."),
            mail="at_once", group="messages",
        ),
        NoticeKind(
            REQUEST, lambda: _("Requests to write to you"), asks, lambda: _("Read it, then accept or decline it."),
            mail="at_once", group="messages",
        ),
        NoticeKind(
            ADDED, lambda: _("Groups that you were added to"), added, lambda: _("See who is in it."), group="messages",
        ),
    )  # fmt: skip
    for kind in kinds:
        notices.register(kind)
        mail.may_send(kind.key)(still_wished)
