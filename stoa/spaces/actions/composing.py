"""Roles that the community composes from named rights. Nobody puts in, takes out or removes what they do not hold; nobody gains by a
removal."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people import rights
from stoa.spaces.facts import RoleChanged, RoleGranted, RoleMade, RoleRemoved, RoleTaken
from stoa.spaces.models import Grant, Invitation, Role
from stoa.spaces.policy import may_compose, may_edit_roles
from stoa.spaces.shipped import GUEST, OWNER
from stoa.spaces.visibility import READ

RANKS = {"site": 30, "space": 15}


def rights_for(scope_kind: str) -> dict[str, rights.Right]:
    """The rights that mean something in a role of this scope, by key."""
    known = rights.all_rights().items()
    if scope_kind == "site":
        return {key: right for key, right in known if not right.only_in_spaces}
    return {
        key: right for key, right in known if right.only_in_spaces or any(r.startswith("space.") for r in right.roles)
    }


def make_role(name: str, scope_kind: str, wanted: Collection[str], *, by: Actor) -> Role:
    """A new role, of the site or of spaces; one of spaces always reads its space."""
    if scope_kind not in RANKS:
        raise Invalid(_("A role is one of the whole site or one of spaces."), field="scope_kind")
    held = _checked(set(wanted) | ({READ} if scope_kind == "space" else set()), scope_kind)
    if not may_compose(by, held, scope_kind):
        raise NotAllowed(_("You can only compose roles of what you hold yourself."))
    number = ids.new()
    made = Role(
        id=number, key=f"made.{ids.shown(number)}", scope_kind=scope_kind, rank=RANKS[scope_kind], rights=sorted(held)
    )
    with transaction.atomic():
        _name(made, name)
        made.save(force_insert=True)
        announce(RoleMade(made.id), by=by)
    return made


def rename_role(changed: Role, name: str, *, by: Actor) -> None:
    """Gives a composed role another name; it stays the same role, wherever it is held."""
    if not may_edit_roles(by) or changed.is_shipped:
        raise NotAllowed(_("The roles that come with Stoa keep their names."))
    with transaction.atomic():
        _name(changed, name)
        changed.save(update_fields=["name"])
        announce(RoleChanged(changed.id), by=by)


def change_role(changed: Role, name: str, wanted: Collection[str], *, by: Actor) -> None:
    """Name and rights together, or neither."""
    with transaction.atomic():
        if name != changed.name:
            rename_role(changed, name, by=by)
        edit_role(changed, wanted, by=by)


def edit_role(changed: Role, wanted: Collection[str], *, by: Actor) -> None:
    """Sets what a role may do, everywhere at once. The owner's role stays as it is."""
    with transaction.atomic():
        changed.refresh_from_db(from_queryset=Role.objects.select_for_update())
        difference, gained = set(wanted) ^ set(changed.rights), set(wanted) - set(changed.rights)
        added = _checked(gained, changed.scope_kind) if may_edit_roles(by) else set()
        if changed.key == OWNER or not may_compose(by, difference & set(rights.all_rights()), changed.scope_kind):
            raise NotAllowed(
                _("You may not change this role so."), _("Only what you hold yourself can be put in or taken out.")
            )
        if not difference:
            return
        _keep_sight(changed, gained)
        changed.rights = sorted((set(changed.rights) & set(wanted)) | added)
        changed.save(update_fields=["rights"])
        announce(RoleChanged(changed.id), by=by)


def _keep_sight(changed: Role, gained: set[str]) -> None:
    """A right of sight goes only into a role that nobody holds and no invitation gives: else who edits roles would look, through those
    that they or others hold already, into places where nobody let them."""
    known = rights.all_rights()
    if not any(right in known and known[right].only_in_spaces for right in gained):
        return
    held = Grant.objects.filter(role=changed).exists() or Invitation.objects.open().filter(role=changed).exists()
    if changed.is_shipped or held:
        raise NotAllowed(
            _("A right of sight cannot be put into a role that is held or ready-made."),
            _("Compose another role with it."),
        )


def goes_into(removed: Role) -> list[Role]:
    """Where the holders of a role can go: to roles of the same scope that hold no more, so that nobody gains; in spaces to the guests."""
    others = Role.objects.filter(scope_kind=removed.scope_kind).exclude(id=removed.id).exclude(key="space.witness")
    below = [each for each in others if set(each.rights) <= set(removed.rights) or each.key == GUEST]
    return [each for each in below if each.key != "member"]


def remove_role(removed: Role, into: Role | None, *, by: Actor) -> None:
    """Removes a composed role. Who holds it goes `into` another; over the site they may also hold nothing in its place. In spaces it is
    always asked: whether somebody in a closed space holds it is not for everybody to know."""
    if removed.is_shipped or not may_compose(by, removed.rights, removed.scope_kind):
        raise NotAllowed(
            _("You may not remove this role."),
            _("Those that come with Stoa stay; of others you must hold what they hold."),
        )
    with transaction.atomic():
        removed = Role.objects.select_for_update().get(id=removed.id)
        if (into is None and removed.scope_kind == "space") or (into and into not in goes_into(removed)):
            raise NotPossible(_("Say where its holders go."), _("Choose a role that holds no more than this one."))
        for grant in Grant.objects.filter(role=removed).order_by("id"):
            _move(grant, into, by=by)
        Invitation.objects.filter(role=removed).update(role=into)
        number = removed.id
        removed.delete()
        announce(RoleRemoved(number, into.id if into else None), by=by)


def _move(grant: Grant, into: Role | None, *, by: Actor) -> None:
    space = grant.scope_id if grant.scope_kind == "space" else None
    announce(RoleTaken(grant.person_id, grant.role_id, space), by=by)
    same = Grant.objects.within(grant.scope).filter(person_id=grant.person_id, role=into)
    if into is None or same.exists():
        grant.delete()
        return
    Grant.objects.filter(id=grant.id).update(role=into)
    announce(RoleGranted(grant.person_id, into.id, space), by=by)


def _name(role: Role, name: str) -> None:
    role.name = " ".join(name.split())[:80]
    if not role.name:
        raise Invalid(_("A role needs a name."), field="name")
    others = Role.objects.filter(scope_kind=role.scope_kind).exclude(id=role.id).values_list("name", flat=True)
    if role.name.casefold() in {each.casefold() for each in others} | {_(each).casefold() for each in others}:
        raise Invalid(_("There is a role of this name."), field="name")


def _checked(wanted: set[str], scope_kind: str) -> set[str]:
    known = rights.all_rights()
    if unknown := wanted - set(known):
        raise Invalid(_("There is no right called %(right)s.") % {"right": min(unknown)})
    if scope_kind == "site" and any(known[right].only_in_spaces for right in wanted):
        raise Invalid(_("Sight of a space is given in that space, never by a role of the site."))
    if beyond := wanted - set(rights_for(scope_kind)):
        raise Invalid(_("%(right)s means nothing within a space.") % {"right": known[min(beyond)].sentence()})
    return wanted
