"""See it as…: the Actors of a visitor, of a newcomer (a member who is in no space), and of a member of one space. They are nobody: no
person has their id, so they hold no notice, no block and no topic of their own."""

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import EVERYBODY, VISITOR, Actor, Standing
from stoa.base.sights import Sight
from stoa.spaces.facts import SightKind
from stoa.spaces.models import Role, Space
from stoa.spaces.policy import may_see_as
from stoa.spaces.shipped import MEMBER
from stoa.spaces.visibility import may_read

NOBODY = 1  # an id that is never drawn: its instant is the first of all
MEMBER_THERE = "space.member"


def sees_as(own: Actor, kind: str, number: int) -> Actor | None:
    """Asked at every request; None where this person may not see so, or not any more. Two queries at most."""
    if kind == SightKind.MEMBER.value:
        space = Space.objects.visible_to(own).filter(id=number).first()
        return _member(space) if space and may_see_as(own, space) and may_read(own, space) else None
    if not may_see_as(own, None):
        return None
    return VISITOR if kind == SightKind.VISITOR.value else _member(None)


def _member(space: Space | None) -> Actor:
    """A member without any history; in a space, with what its members hold there."""
    held = dict(Role.objects.filter(key__in=(MEMBER, MEMBER_THERE)).values_list("key", "rights"))
    rights = {EVERYBODY: frozenset(held[MEMBER])}
    if space is not None:
        rights[space.scope] = frozenset(held[MEMBER_THERE])
    return Actor(
        person_id=NOBODY, name=_("Somebody"), standing=Standing.MEMBER, rights=rights, joined_at=clock.now(),
        told_of=frozenset(),
    )  # fmt: skip


def words_for(sight: Sight | None) -> str:
    """As whom one sees, for the bar. One query for a space."""
    if sight is None:
        return ""
    if sight.kind == SightKind.MEMBER.value:
        name = Space.objects.filter(id=sight.number).values_list("name", flat=True).first() or ""
        return _("a member of %(space)s") % {"space": name}
    return _("a visitor") if sight.kind == SightKind.VISITOR.value else _("a newcomer, who is in no space yet")
