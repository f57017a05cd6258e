"""What this room keeps of a person's direct messages: their own words and their places in exchanges. What others wrote to them is
theirs, as in topics; who they are is named."""

from typing import Any

from stoa.base import ids
from stoa.base.text import Authored
from stoa.community.talk.actions.exchanges import end_if_empty
from stoa.community.talk.models import DirectMessage, DirectWish, Exchange, Participant, Presence
from stoa.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Their messages as they typed them, the exchanges that they are in, who may write to them."""
    places = Participant.objects.filter(person=person).select_related("exchange").order_by("id")
    wish = DirectWish.objects.filter(person=person).first()
    return {
        "direct_messages": [
            {
                "id": row.shown_id,
                "exchange": ids.shown(row.exchange_id),
                "text": row.source,
                "at": row.sent_at.isoformat(),
                "presence": row.presence,
            }
            for row in DirectMessage.objects.filter(author=person).order_by("id")
        ],
        "exchanges": [_place(row) for row in places],
        "who_may_write_to_me": wish.who if wish else DirectWish.Who.KNOWN.value,
    }


def _place(row: Participant) -> dict[str, Any]:
    return {
        "id": row.exchange.shown_id,
        "name": row.exchange.name,
        "with": _names(row),
        "state": row.state,
        "joined_at": row.joined_at.isoformat(),
        "left_at": row.left_at.isoformat() if row.left_at else None,
        "read_to": ids.shown(row.read_to),
    }


def _names(row: Participant) -> list[str]:
    """Of who is in it with them, while they are; of how others answered nothing is told."""
    if row.state == Participant.State.LEFT:
        return []
    others = Participant.objects.filter(exchange=row.exchange_id).exclude(person=row.person_id)
    if not row.exchange.is_pair:
        others = others.exclude(state=Participant.State.LEFT)
    return [name for name in others.order_by("id").values_list("person__name", flat=True) if name]


def erase(person: Person) -> None:
    """Empties their words and takes them out of every exchange; what others wrote stays with those others."""
    for message in DirectMessage.objects.filter(author=person):
        message.erase_text()
        message.presence = Presence.WITHDRAWN
        message.save(update_fields=[*Authored.TEXT_FIELDS, "presence"])
    DirectWish.objects.filter(person=person).delete()
    places = Participant.objects.filter(person=person)
    within = list(places.values_list("exchange_id", flat=True))
    places.delete()
    end_if_empty(within)
    Exchange.objects.filter(id__in=within, participants=None).delete()
