"""What this room keeps of a person: which channels they connected, when they stopped sending, which sign-in they have begun."""

from typing import Any

from stoa.people.keeping import Keeping
from stoa.people.models import Person
from stoa.social.networks.models import Channel, Hold, SigningIn


def export(person: Person) -> dict[str, Any]:
    """Channels and holds of theirs."""
    channels = Channel.objects.filter(connected_by_id=person.id).order_by("id")
    holds = Hold.objects.filter(by_id=person.id).order_by("id")
    return {
        "channels": [
            {"network": each.network, "handle": each.handle, "at": each.connected_at.isoformat()} for each in channels
        ],
        "sign_ins": [
            {"network": each.network, "at": each.began_at.isoformat()}
            for each in SigningIn.objects.filter(by_id=person.id).order_by("id")
        ],
        "holds": [{"reason": each.reason, "at": each.since.isoformat()} for each in holds],
    }


def erase(person: Person) -> None:
    """Channels and holds stay; who connected or stopped them does not. A sign-in that is under way goes, and what it has opened."""
    SigningIn.objects.filter(by_id=person.id).delete()
    Channel.objects.filter(connected_by_id=person.id).update(connected_by_id=None)
    Hold.objects.filter(by_id=person.id).update(by_id=None)


KEEPING = Keeping("networks", export, erase)
