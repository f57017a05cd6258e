"""Direct messages in lower rooms' sockets: the exchange and its messages as things, what waits in the head, the way to write from a
profile."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.live import may_hear
from stoa.base.pages import piece
from stoa.base.panels import panel
from stoa.base.requests import Request
from stoa.community.talk import policy
from stoa.community.talk.direct_reading import count_waiting, title_of
from stoa.community.talk.models import (
    DirectMessage,
    Exchange,
    Participant,
    visible_direct_messages,
    visible_exchanges,
)
from stoa.people.models import Person


def exchange_card(exchange: Exchange) -> things.Card:
    """Never with words of what was written: cards stand in notices and mails."""
    return things.Card(title_of(exchange), exchange.get_absolute_url(), _("Direct messages"), at=exchange.last_at)


def message_card(message: DirectMessage) -> things.Card:
    return things.Card(message.author.name, message.get_absolute_url(), _("Direct message"), at=message.sent_at)


def register_direct_things() -> None:
    """Called once by the room's plugs."""
    things.register(things.Thing("talk.direct", visible_exchanges, exchange_card))
    things.register(things.Thing("talk.direct_message", visible_direct_messages, message_card))


@may_hear("talk.direct")
def takes_part(actor: Actor, number: int) -> bool:
    """Who is only asked hears nothing of what goes on."""
    return actor.is_member and Participant.objects.visible_to(actor).taking_part().filter(exchange=number).exists()


@panel("base.head", queries=1, order=50)
def waiting(request: HttpRequest, actor: Actor) -> str:
    """The way to direct messages while some wait that were told of: without such a notice no query is asked."""
    count = count_waiting(actor) if actor.told_of and "talk.direct" in actor.told_of else 0
    return piece(request, "talk/waiting.html", {"count": count}) if count else ""


@panel("people.person.header", queries=0)
def way_to_write(request: HttpRequest, person: Person) -> str:
    """Shown whether or not they can be written to: that is said where one writes."""
    actor = cast(Request, request).actor
    if not policy.may_write_directly(actor) or person.id == actor.person_id:
        return ""
    return piece(request, "talk/way_to_write.html", {"person": person})
