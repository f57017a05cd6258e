"""What this room keeps of a person: what they said to us as identities of theirs, and which conversations fell to them."""

from typing import Any

from stoa.people.keeping import Keeping
from stoa.people.models import Person
from stoa.social.listen.actions.forgetting import forget_person
from stoa.social.listen.models import Conversation, Message
from stoa.social.listen.models.message import IN


def export(person: Person) -> dict[str, Any]:
    """Their own words on networks, as we heard them."""
    rows = Message.objects.filter(direction=IN, conversation__identity__person=person).order_by("at", "id")
    return {
        "messages": [
            {
                "id": row.shown_id,
                "conversation": row.conversation.shown_id,
                "network": row.conversation.identity.network,
                "as": row.conversation.identity.handle,
                "text": row.words,
                "at": row.at.isoformat(),
                "address": row.permalink,
            }
            for row in rows.select_related("conversation__identity", "delivery")
        ]
    }


def erase(person: Person) -> None:
    """Their words go; conversations that fell to them fall to everybody."""
    forget_person(person)
    Conversation.objects.filter(assigned_to=person).update(assigned_to=None)


KEEPING = Keeping("listen", export, erase)
