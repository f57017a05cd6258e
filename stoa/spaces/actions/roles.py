"""Roles: shipped, given and taken. Nobody gives or takes more than they hold there themselves."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import SITE, Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people import rights
from stoa.people.models import Person
from stoa.spaces.actions.keeping_out import keep_out
from stoa.spaces.facts import RoleGranted, RoleTaken
from stoa.spaces.models import Grant, Role, Space
from stoa.spaces.policy import may_give
from stoa.spaces.shipped import LADDER, MEMBER, OWNER, ROLES


def ship() -> None:
    """Makes the shipped roles that are missing and gives each the rights that rooms have newly named for it.

    A right that somebody took out of a shipped role stays out; the owner always holds every right of the site.
    """
    known = {role.key: role for role in Role.objects.filter(is_shipped=True)}
    for each in ROLES:
        role = known.get(each.key) or Role(key=each.key, name=each.name, scope_kind=each.scope_kind, is_shipped=True)
        role.rank = each.rank
        offered = sorted(right.key for right in rights.all_rights().values() if _belongs(right, each.key))
        fresh = set(offered) - set(role.offered)
        if fresh or each.key not in known:
            role.rights = sorted(set(role.rights) | fresh)
            role.offered = sorted(set(role.offered) | fresh)
            role.save()


def _belongs(right: rights.Right, role: str) -> bool:
    if role == OWNER:
        return not right.only_in_spaces
    if role in LADDER:
        return any(lower in right.roles for lower in LADDER[: LADDER.index(role) + 1])
    return role in right.roles and (role == "space.witness" or not right.only_in_spaces)


def role(key: str) -> Role:
    """The role of this key. Raises Invalid when there is none."""
    found = Role.objects.filter(key=key).first()
    if found is None:
        raise Invalid(_("There is no such role."), field="role")
    return found


def grant_role(person: Person, given: Role, space: Space | None = None, *, by: Actor) -> Grant:
    """Gives a role in the whole site, or in a space (where it takes the place of the role that they have)."""
    if given.key == MEMBER or not may_give(by, given, space):
        raise NotAllowed(_("You can only give roles that hold no more than you hold here yourself."))
    if person.standing != "member":
        raise NotPossible(_("Only a member can be given a role."))
    with transaction.atomic():
        if space is not None and not _put_down(person, space, by=by):
            keep_out(person, space)
        return write_grant(person, given, space, by=by)


def _put_down(person: Person, space: Space, *, by: Actor) -> bool:
    """Ends the role that somebody has in a space, so that another can take its place; whether there was one."""
    old = Grant.objects.within(space.scope).filter(person=person).select_related("role").first()
    if old is None:
        return False
    if not may_give(by, old.role, space):
        raise NotAllowed(_("This person holds more here than you do."))
    if old.role.key == "space.steward":
        keep_one("space.steward", space, besides=old)
    old.delete()
    announce(RoleTaken(person.id, old.role_id, space.id), by=by)
    return True


def write_grant(person: Person, given: Role, space: Space | None, *, by: Actor) -> Grant:
    """Writes the row and the fact, asking nobody: for actions that have asked their own policy."""
    kind, number = space.scope if space else SITE
    Grant.objects.filter(person=person, scope_kind=kind, scope_id=number, ends_at__lte=clock.now()).delete()
    grant, is_new = Grant.objects.get_or_create(
        person=person, role=given, scope_kind=kind, scope_id=number, defaults={"by_id": by.person_id}
    )
    if is_new:
        announce(RoleGranted(person.id, given.id, space.id if space else None), by=by)
    return grant


def take_role(grant: Grant, *, by: Actor) -> None:
    """Takes a role away. The last owner, and the last steward of a space, cannot be taken."""
    space = Space.objects.get(id=grant.scope_id) if grant.scope_kind == "space" else None
    if not may_give(by, grant.role, space) and grant.person_id != by.person_id:
        raise NotAllowed(_("You can only take roles that hold no more than you hold here yourself."))
    if grant.role.key in (OWNER, "space.steward"):
        keep_one(grant.role.key, space, besides=grant)
    with transaction.atomic():
        grant.delete()
        announce(RoleTaken(grant.person_id, grant.role_id, space.id if space else None), by=by)


def keep_one(key: str, space: Space | None, besides: Grant) -> None:
    others = Grant.objects.standing().filter(role__key=key, person__standing="member").exclude(id=besides.id)
    if not others.within(space.scope if space else SITE).exists():
        raise NotPossible(
            _("Somebody has to hold this role."), _("Give it to somebody else first, then it can be taken here.")
        )


def make_owner(person: Person, *, by: Actor) -> Grant:
    """The first owner, at set-up, while there is none."""
    if Grant.objects.filter(role__key=OWNER).exists():
        raise NotPossible(_("This installation has an owner."))
    with transaction.atomic():
        return write_grant(person, role(OWNER), None, by=by)
