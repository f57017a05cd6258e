"""Who may do what in spaces: pure functions of the Actor and rows. In closed spaces only that space's own grants count."""

from collections.abc import Iterable

from stoa.base.actors import SITE, Actor, Scope, Standing
from stoa.people import rights
from stoa.people.rights import Held
from stoa.spaces.models import Invitation, Role, Space
from stoa.spaces.visibility import may_read


def may_in(actor: Actor, right: str, space: Space) -> bool:
    """Whether a right is held where it counts: in a closed space only by a grant there, else also by one over the site."""
    if actor.standing is not Standing.MEMBER:
        return False
    return actor.holds(right, space.scope) if space.is_closed else actor.may(right, space.scope)


def may_take_part(actor: Actor, space: Space) -> bool:
    """Whether the actor may write here."""
    return space.state == "active" and may_read(actor, space) and may_in(actor, "spaces.take_part", space)


def may_make_space(actor: Actor) -> bool:
    return actor.may("spaces.make")


def may_arrange(actor: Actor) -> bool:
    """Make headings and put them in order. Which spaces stand under them is for those who manage each of them."""
    return actor.may("spaces.arrange")


def may_manage(actor: Actor, space: Space) -> bool:
    """Settings, standards, state."""
    return may_in(actor, "spaces.manage", space)


def may_invite(actor: Actor, space: Space) -> bool:
    return may_in(actor, "spaces.invite", space)


def may_invite_to_site(actor: Actor) -> bool:
    return actor.may("spaces.invite_to_site")


def may_invite_with(actor: Actor, space: Space | None, role: Role | None) -> bool:
    """Whether the actor may give away this: a way into the community (no space, no role), or into a space with a role that holds no
    more than they hold there. Asked when an invitation is made, and of its maker again whenever it is used."""
    if space is None or role is None:
        return space is None and role is None and may_invite_to_site(actor)
    is_below = role.scope_kind == "space" and covers(actor, role.rights, space.scope, is_closed=space.is_closed)
    return is_below and may_invite(actor, space) and space.state != "archived"


def may_invite_few(actor: Actor, space: Space | None, from_level: int) -> bool:
    """Whether the actor may make a member's link: to the community, or into a space where they are and everybody comes in by themselves.
    Whoever looks after people may do so at any level."""
    is_known = actor.level >= from_level or may_invite_to_site(actor)
    places = (space.scope,) if space else ()
    if actor.standing is not Standing.MEMBER or not is_known or not actor.may("spaces.invite_few", *places):
        return False
    if space is None:
        return True
    return space.state == "active" and not space.is_closed and space.joining == "open" and space.scope in actor.rights


def may_make_again(actor: Actor, invitation: Invitation, from_level: int) -> bool:
    """Whether its maker could still make this invitation, by the right by which they made it."""
    if invitation.made_as != Invitation.MadeAs.MEMBER:
        return may_invite_with(actor, invitation.space, invitation.role)
    if not may_invite_few(actor, invitation.space, from_level):
        return False
    role, space = invitation.role, invitation.space
    return role is None or space is None or covers(actor, role.rights, space.scope, is_closed=space.is_closed)


def may_decide_applications(actor: Actor, space: Space) -> bool:
    return may_in(actor, "spaces.decide_applications", space)


def may_grant_in(actor: Actor, space: Space) -> bool:
    return may_in(actor, "spaces.grant", space)


def may_grant_on_site(actor: Actor) -> bool:
    return actor.may("spaces.grant_on_site")


def may_restrict(actor: Actor, space: Space, person_id: int, held: Held) -> bool:
    """Whether the actor may restrict a person there: never one who holds more, there or over the site, than they do; and one who may
    restrict people there only if they also give the roles."""
    if not may_in(actor, "spaces.restrict", space) or actor.person_id == person_id:
        return False
    theirs = held.granted.get(space.scope, frozenset()) | held.granted.get(SITE, frozenset())
    if "spaces.restrict" in theirs and not may_grant_in(actor, space):
        return False
    return covers(actor, theirs, space.scope, is_closed=space.is_closed)


def may_call(actor: Actor, space: Space) -> bool:
    """Call the moderators, the stewards or the team in what they write there: not somebody new."""
    return may_take_part(actor, space) and actor.may("spaces.call_groups", space.scope)


def may_call_everyone(actor: Actor, space: Space) -> bool:
    return may_take_part(actor, space) and may_in(actor, "spaces.call_everyone", space)


def may_lift(actor: Actor, space: Space) -> bool:
    """The system, when its time has come or an appeal was upheld; and who may restrict people there."""
    return actor.is_system or may_in(actor, "spaces.restrict", space)


def may_edit_roles(actor: Actor) -> bool:
    return actor.may("spaces.edit_roles")


def may_compose(actor: Actor, changed: Iterable[str], scope_kind: str) -> bool:
    """Whether the actor may put these rights into a role, or take them out: the ceiling holds here too. Sight of a space is nobody's over
    the site; in a role of spaces it gives nobody anything until it is given in a space by somebody who holds it there."""
    known = rights.all_rights()
    sight = {right for right in known if known[right].only_in_spaces} if scope_kind == "space" else set()
    return may_edit_roles(actor) and all(right in sight or actor.may(right) for right in changed)


def may_break_glass(actor: Actor) -> bool:
    return actor.may("spaces.break_glass")


def may_see_as(actor: Actor, space: Space | None) -> bool:
    """Whether the actor may see the place as a visitor or a newcomer would (no space: both see less than any member), or as a member of
    this space would."""
    if space is not None:
        return may_in(actor, "spaces.see_as", space)
    spaces = [scope for scope in actor.rights if scope[0] == "space"]
    return actor.standing is Standing.MEMBER and actor.may("spaces.see_as", *spaces)


def may_see_members(actor: Actor, space: Space) -> bool:
    return actor.is_member and may_read(actor, space)


def may_see_desk_spaces(actor: Actor) -> bool:
    return actor.may("spaces.make")


def covers(actor: Actor, wanted: Iterable[str], scope: Scope, *, is_closed: bool = False) -> bool:
    """The ceiling: nobody gives or takes a role that holds more than they hold there themselves.

    In an open space sight is no secret, so that rights of sight are not counted.
    """
    known = rights.all_rights()
    for right in wanted:
        sight = right in known and known[right].only_in_spaces
        if sight and not is_closed:
            continue
        if not (actor.holds(right, scope) if is_closed else actor.may(right, scope)):
            return False
    return True


def may_give(actor: Actor, role: Role, space: Space | None) -> bool:
    """Whether the actor may give this role (or take it away) in a space, or in the whole site (None)."""
    if role.scope_kind != ("space" if space else "site"):
        return False
    if space is None:
        return may_grant_on_site(actor) and covers(actor, role.rights, SITE)
    return may_grant_in(actor, space) and covers(actor, role.rights, space.scope, is_closed=space.is_closed)
