"""The directory narrowed by space: to the members of one whose list of members the reader may see."""

from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.people.directory import Narrowing
from stoa.spaces.models import Grant, Space


def choices(actor: Actor) -> list[tuple[str, str]]:
    """The spaces that this actor reads, by name: who reads a space sees who belongs to it. One query."""
    if not actor.is_member:
        return []
    rows = Space.objects.readable_by(actor).living().order_by("name", "id").values_list("id", "name")
    return [(ids.shown(number), name) for number, name in rows]


def belongs(value: str) -> Q:
    """Those who belong to the space now."""
    grants = Grant.objects.standing().within(("space", ids.parse(value)))
    return Q(id__in=grants.values("person_id"))


NARROWING = Narrowing("space", lambda: _("Space"), choices, belongs)
