"""What this room keeps of a person: which channels they connected and when they stopped sending."""

from typing import Any

from stoa.people.keeping import Keeping
from stoa.people.models import Person
from stoa.social.networks.models import Channel, Hold


def export(person: Person) -> dict[str, Any]:
    """Channels and holds of theirs."""
    channels = Channel.objects.filter(connected_by_id=person.id).order_by("id")
    holds = Hold.objects.filter(by_id=person.id).order_by("id")
    return {
        "channels": [
            {"network": each.network, "handle": each.handle, "at": each.connected_at.isoformat()} for each in channels
        ],
        "holds": [{"reason": each.reason, "at": each.since.isoformat()} for each in holds],
    }


def erase(person: Person) -> None:
    """Channels and holds stay; who connected or stopped them does not."""
    Channel.objects.filter(connected_by_id=person.id).update(connected_by_id=None)
    Hold.objects.filter(by_id=person.id).update(by_id=None)


KEEPING = Keeping("networks", export, erase)
