"""What the pages about roles and their rights read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.people.rights import Right
from stoa.spaces.actions.composing import goes_into, rights_for
from stoa.spaces.models import Grant, Role
from stoa.spaces.policy import may_compose, may_edit_roles
from stoa.spaces.shipped import OWNER


@dataclass(frozen=True)
class Group:
    """The rights of one room: what each does, whether this role holds it, and whether the actor may change that."""

    name: str
    rights: list[tuple[Right, bool, bool]]


def room_names() -> dict[str, str]:
    return {
        "people": _("People"), "spaces": _("Spaces"), "moderation": _("Guidelines and moderation"), "talk": _("Discussions"),
        "gather": _("Events, formats and goals"), "networks": _("Channels"), "publish": _("Publishing"), "listen": _("Inbox"),
        "bridge": _("Bridge"), "measure": _("Numbers"), "front": _("Desk"), "base": _("This installation"),
    }  # fmt: skip


def groups(held: set[str], scope_kind: str, actor: Actor) -> list[Group]:
    """The rights that a role of this scope can hold, by room. No query."""
    found: dict[str, list[tuple[Right, bool, bool]]] = {}
    names = room_names()
    for key, right in rights_for(scope_kind).items():
        room = names.get(key.partition(".")[0], key.partition(".")[0].capitalize())
        found.setdefault(room, []).append((right, key in held, may_compose(actor, [key], scope_kind)))
    return [Group(name, rights) for name, rights in found.items()]


def roles_list(actor: Actor) -> dict[str, Any]:
    """Every role with how many hold it, as far as the actor may know (those of spaces in all spaces together). Two queries."""
    roles = list(Role.objects.exclude(key="space.witness"))
    counted = dict(Grant.objects.visible_to(actor).standing().values_list("role_id").annotate(Count("id")).order_by())
    shown = [(role, counted.get(role.id, 0)) for role in roles]
    return {
        "site_roles": [pair for pair in shown if pair[0].scope_kind == "site"],
        "space_roles": [pair for pair in shown if pair[0].scope_kind == "space"],
        "may_edit": may_edit_roles(actor),
    }


def role_page(role: Role, actor: Actor, typed: set[str] | None = None) -> dict[str, Any]:
    """One role: what it may do, and what can be done with it. Three queries."""
    held = set(role.rights) if typed is None else typed
    edits = may_edit_roles(actor) and role.key != OWNER
    removes = not role.is_shipped and may_compose(actor, role.rights, role.scope_kind)
    return {
        "role": role,
        "groups": groups(held, role.scope_kind, actor),
        "may_edit": edits,
        "may_remove": removes,
        "holders": Grant.objects.visible_to(actor).standing().filter(role=role).count(),
        "goes_into": goes_into(role) if removes else [],
    }
