"""What pages read, gathered in a fixed number of queries."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.standing_queries import padded, standing
from stoa.people.policy import may_follow
from stoa.spaces import policy
from stoa.spaces.actions.invitation import stands
from stoa.spaces.models import Application, BreakGlass, Grant, Heading, Invitation, Role, Space
from stoa.spaces.readers import tended
from stoa.spaces.standards import Standards
from stoa.spaces.visibility import may_read

PAGE = 50


@dataclass(frozen=True)
class Listed:
    """A space in a list, with what the actor may know: how many are in (None where that is not theirs to know)."""

    space: Space
    is_mine: bool
    members: int | None


def listed_spaces(actor: Actor) -> list[Listed]:
    """The spaces that the actor may know of, their own first. Two queries."""
    mine = {number for kind, number in actor.rights if kind == "space"}
    now = clock.now()
    spaces = list(standing(known_spaces, actor, (bool(actor.proven),), now=now, address=actor.proven))
    members = dict(standing(members_of, spaces=padded([space.id for space in spaces]), now=now)) if spaces else {}
    found = [
        Listed(space, space.id in mine, members.get(space.id, 0) if may_read(actor, space) else None)
        for space in spaces
    ]
    return sorted(found, key=lambda each: not each.is_mine)


def archived_spaces(actor: Actor) -> list[Space]:
    """Archived spaces that the actor looks after, the last made first: they stand in no other list. One query, none for who looks after
    nothing."""
    if not any("spaces.manage" in held for held in actor.rights.values()):
        return []
    found = Space.objects.visible_to(actor).filter(state="archived").filter(tended(actor, "spaces.manage", prefix=""))
    return list(found.order_by("-id")[:PAGE])


def known_spaces(actor: Actor, has_address: bool, now: datetime, address: str) -> QuerySet[Space]:
    """By name, each with its heading. Who is invited by an address is asked for only where there is one."""
    known = Space.objects.visible_to(actor, now, address if has_address else "").living()
    return known.select_related("heading").order_by("name", "id")


def members_of(spaces: list[int], now: datetime) -> QuerySet[Grant, Any]:
    """How many hold a role in each of these spaces."""
    held = Q(ends_at=None) | Q(ends_at__gt=now)
    rows = Grant.objects.filter(held, scope_kind="space", scope_id__in=spaces)
    return rows.values_list("scope_id").annotate(Count("id")).order_by()


def page_of(space: Space, actor: Actor) -> dict[str, Any]:
    """What the face of a space shows besides panels. Four queries."""
    grants = Grant.objects.standing().within(space.scope)
    mine = grants.filter(person_id=actor.person_id or 0).select_related("role").first()
    stewards = grants.filter(role__key="space.steward", person__standing="member").select_related("person")
    reads = may_read(actor, space)
    is_outside = actor.is_member and space.scope not in actor.rights
    may_come, asked = is_outside and space.scope not in actor.restricted, None
    if is_outside and space.joining == "apply":
        asked = Application.objects.filter(space=space, person_id=actor.person_id or 0).order_by("-id").first()
    return {
        "space": space,
        "mine": mine,
        "stewards": [grant.person for grant in stewards.order_by("id")[:6]],
        "reads": reads,
        "standards": Standards.of(space),
        "level": vars(space).get("level", ""),
        "may_follow": reads and may_follow(actor),
        "asked": asked,
        "invitation": _invitation(space, actor) if may_come else None,
        "broken_glass": _glass(space) if reads and space.is_closed else [],
        "may_manage": policy.may_manage(actor, space) or policy.may_decide_applications(actor, space),
        "may_see_members": policy.may_see_members(actor, space),
        "may_join": may_come and space.joining == "open" and space.state != "archived",
        "may_apply": may_come and space.joining == "apply" and space.state != "archived",
    }


def _invitation(space: Space, actor: Actor) -> Invitation | None:
    """One that names the actor and still opens. A query where there is none."""
    found = Invitation.objects.addressed_to(actor).filter(space=space).select_related("space", "role").first()
    return found if found and stands(found) else None


def _glass(space: Space) -> list[BreakGlass]:
    """Who looked into this closed space, and why."""
    return list(BreakGlass.objects.filter(space=space).select_related("person").order_by("-id")[:5])


@dataclass(frozen=True)
class MembersPage:
    """Some who belong to a space, and the cursor of those who came later."""

    grants: list[Grant]
    after: str


def members_page(space: Space, after: str = "", asked: str = "") -> MembersPage:
    """One page, in the order in which they came. One query."""
    found = Grant.objects.standing().within(space.scope).select_related("person", "role").order_by("id")
    if asked:
        found = found.filter(person__folded__contains=asked.casefold())
    with suppress(ValueError):
        found = found.filter(id__gt=ids.parse(after)) if after else found
    grants = list(found[: PAGE + 1])
    return MembersPage(grants[:PAGE], grants[PAGE - 1].shown_id if len(grants) > PAGE else "")


def manage_page(space: Space, actor: Actor) -> dict[str, Any]:
    """What those who look after a space see. Four queries."""
    roles = [role for role in Role.objects.filter(scope_kind="space") if policy.may_give(actor, role, space)]
    decides = policy.may_decide_applications(actor, space)
    waiting = Application.objects.filter(space=space, state="open").select_related("person").order_by("id")
    return {
        "space": space,
        "roles": [role for role in roles if role.key != "space.witness"],
        "applications": list(waiting[:50]) if decides else [],
        "may_change": policy.may_manage(actor, space),
        "headings": list(Heading.objects.visible_to(actor).in_order()) if policy.may_manage(actor, space) else [],
        "may_invite": policy.may_invite(actor, space),
        "may_see_as": policy.may_see_as(actor, space),
        "may_decide": decides,
        "may_grant": policy.may_grant_in(actor, space),
    }
