"""Who may do what with people: pure functions of the Actor and rows."""

from stoa.base.actors import Actor, Standing
from stoa.people.models import Person


def may_edit_profile(actor: Actor, person: Person) -> bool:
    return actor.person_id == person.id and not person.is_erased


def may_see_directory(actor: Actor) -> bool:
    return actor.is_member


def may_suspend(actor: Actor) -> bool:
    """Moderators by their right; the system when a decision's time has come."""
    return actor.is_system or actor.may("people.suspend")


def may_set_level(actor: Actor) -> bool:
    return actor.is_system or actor.may("people.set_level")


def may_give_level(actor: Actor, person: Person) -> bool:
    """By hand: nobody their own."""
    return actor.may("people.set_level") and actor.person_id != person.id


def may_link_elsewhere(actor: Actor) -> bool:
    """From level 1 on: the profiles of those whom nobody knows yet are no place for advertisements."""
    return actor.standing is Standing.MEMBER and actor.may("people.link_elsewhere")


def may_set_purpose(actor: Actor) -> bool:
    return actor.may("people.set_purpose")


def may_edit_door(actor: Actor) -> bool:
    return actor.may("people.edit_door")


def may_edit_fields(actor: Actor) -> bool:
    return actor.may("people.edit_fields")


def may_block(actor: Actor, other: Person) -> bool:
    return actor.is_member and actor.person_id != other.id


def may_export(actor: Actor, person: Person) -> bool:
    return actor.person_id == person.id


def may_erase(actor: Actor, person: Person) -> bool:
    """People leave themselves; an operator may do it for somebody who asks by letter."""
    return actor.person_id == person.id or actor.may("people.erase")


def may_follow(actor: Actor) -> bool:
    return actor.standing is Standing.MEMBER


def may_see_desk_members(actor: Actor) -> bool:
    return actor.may("people.see_desk")
