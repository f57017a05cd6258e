"""What this room keeps of a person: the rights over their words, and the ledger of them. Whoever leaves has every use taken down first."""

from typing import Any

from django.db.models import Q

from stoa.base import actors
from stoa.bridge.actions import take_back_of
from stoa.bridge.actions.uses import MATERIAL
from stoa.bridge.facts import Cause
from stoa.bridge.models import HeardOf, Touch, UsageRight, Use
from stoa.people.keeping import Keeping
from stoa.people.models import Person
from stoa.social.publish.actions import erase_words

HOUSE = actors.system("bridge")


def export(person: Person) -> dict[str, Any]:
    """Every request, what they answered, and where their words went."""
    rights = UsageRight.objects.filter(author=person).order_by("id").prefetch_related("events", "uses__delivery")
    touches = Touch.objects.filter(person=person).order_by("id").select_related("link")
    return {
        "usage_rights": [right_as_values(right) for right in rights],
        "touches": [{"kind": each.kind, "link": each.link.code, "at": each.at.isoformat()} for each in touches],
        "heard_of": [each.answer for each in HeardOf.objects.filter(person=person)],
    }


def right_as_values(right: UsageRight) -> dict[str, Any]:
    return {
        "id": right.shown_id,
        "state": right.state,
        **right.terms,
        "ledger": [{"what": each.what, "at": each.at.isoformat()} for each in right.events.all()],
        "uses": [use_as_values(use) for use in right.uses.all()],
    }


def use_as_values(use: Use) -> dict[str, Any]:
    return {"state": use.state, "address": use.address, "answer": use.answer, "planned_at": use.planned_at.isoformat()}


def erase(person: Person) -> None:
    """Takes every use down, then empties the rights and the posts made under them; what is on a network, once that has answered. The
    ledger keeps its digests, deliveries their evidence."""
    take_back_of(Q(author=person), Cause.ERASED)
    UsageRight.objects.filter(author=person).update(words="", credit="", asked_text="", purpose="")
    for right in UsageRight.objects.filter(author=person):
        erase_words((MATERIAL, right.id), by=HOUSE)
    Touch.objects.filter(person=person).delete()
    HeardOf.objects.filter(person=person).delete()


KEEPING = Keeping("bridge", export, erase)
