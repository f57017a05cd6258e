"""Who may do what with events and the goal. Pure functions of the Actor and rows; the space must be loaded with its event."""

from collections.abc import Collection

from stoa.base.actors import Actor, Standing
from stoa.community.gather.models import Contribution, Event, Rsvp
from stoa.spaces.models import Space
from stoa.spaces.policy import may_in, may_take_part
from stoa.spaces.visibility import may_read


def may_plan_event(actor: Actor, space: Space) -> bool:
    """Who holds the right there, in a space that takes writing."""
    return may_take_part(actor, space) and may_in(actor, "gather.plan", space)


def may_change_event(actor: Actor, event: Event, hosts: Collection[int] = ()) -> bool:
    """Its hosts, and who holds the right there; not when it is cancelled or hidden."""
    return event.is_here and not event.is_cancelled and looks_after(actor, event, hosts)


def looks_after(actor: Actor, event: Event, hosts: Collection[int]) -> bool:
    """`hosts` are the ids of the event's hosts."""
    if may_plan_event(actor, event.space):
        return True
    return actor.person_id in hosts and may_take_part(actor, event.space)


def may_say_yes(actor: Actor, event: Event) -> bool:
    """Members who read the space; whether there is a seat is another question."""
    if actor.standing is not Standing.MEMBER or event.space.state == "archived":
        return False
    return may_read(actor, event.space) and may_in(actor, "gather.attend", event.space)


def may_say_no(actor: Actor, rsvp: Rsvp | None) -> bool:
    """Whoever has answered may take it back, come what may."""
    return rsvp is not None and rsvp.person_id == actor.person_id


def may_see_who_comes(actor: Actor, event: Event) -> bool:
    return actor.is_member and may_read(actor, event.space)


def may_see_online_address(actor: Actor, event: Event, rsvp: Rsvp | None, hosts: Collection[int] = ()) -> bool:
    """Everybody who sees the event, or, where the host chose so, those who said yes and those who look after it."""
    if not event.online_for_going:
        return True
    return (rsvp is not None and rsvp.is_going) or looks_after(actor, event, hosts)


def may_count(actor: Actor) -> bool:
    return actor.standing is Standing.MEMBER and actor.may("gather.count")


def may_count_for_all(actor: Actor) -> bool:
    """Staff count for everybody; members what they did themselves."""
    return actor.standing is Standing.MEMBER and actor.may("gather.set_goal")


def may_set_goal(actor: Actor) -> bool:
    return may_count_for_all(actor)


def may_withdraw_contribution(actor: Actor, contribution: Contribution) -> bool:
    return may_set_goal(actor) or (may_count(actor) and contribution.by_id == actor.person_id)


def may_have_calendar(actor: Actor) -> bool:
    return actor.is_member


def may_see_desk_events(actor: Actor) -> bool:
    """Who plans events over the whole site."""
    return actor.is_staff and actor.may("gather.plan")
