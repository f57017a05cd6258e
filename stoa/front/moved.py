"""Where an old address leads now: to the thing that it was, for those who may see it; for everybody else to nothing."""

from urllib.parse import unquote

from django.urls import reverse

from stoa.base import files, things
from stoa.base.actors import Actor
from stoa.base.models import File
from stoa.base.things import Reference
from stoa.front.models import Moved
from stoa.front.models.moving_in import LONGEST_OLD
from stoa.front.moving_in.systems import SYSTEMS

KINDS = ("message", "topic", "place", "person", "upload")


def leads_to(path: str, *, to: Actor) -> str:
    """The address of what stood at this path of an old community; empty where there is nothing to see."""
    asked = dict.fromkeys(said for system in SYSTEMS.values() for said in system.addresses(unquote(path)))
    return next((found for kind, old in asked if (found := _found(kind, old, to))), "")


def stands_at(home_id: int, kind: str, old: str, *, to: Actor) -> str:
    """The address of one old thing of one community."""
    return _found(kind, unquote(old), to, home_id) if kind in KINDS else ""


def _found(kind: str, old: str, to: Actor, home_id: int | None = None) -> str:
    if not old or "\0" in old:
        return ""
    rows = Moved.objects.filter(kind=kind, old=old[:LONGEST_OLD])
    if home_id is not None:
        rows = rows.filter(home=home_id)
    things_found = list(rows.order_by("-id").values_list("thing_key", "thing_id")[:5])
    if not things_found:
        things_found = list(Moved.objects.filter(kind=kind, also=old[:80]).values_list("thing_key", "thing_id")[:5])
    return next((address for thing in things_found if (address := _address(thing, to))), "")


def _address(thing: Reference, to: Actor) -> str:
    key, number = thing
    if key == "base.file":
        file = File.objects.filter(id=number).first()
        return file.address if file and files.may_see_file(to, file) else ""
    card = things.cards([thing], to=to).get(thing)
    if card is None:  # the words of a topic that was merged stand as a reply of its number
        return _address(("talk.reply", number), to) if key == "talk.topic" else ""
    return reverse("talk:reply", kwargs={"reply_id": number}) if key == "talk.reply" else card.address
