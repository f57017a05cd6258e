"""Who may."""

from stoa.base.actors import Actor
from stoa.people.models import Person


def may_open_desk(actor: Actor) -> bool:
    return actor.is_staff


def may_mark_work(actor: Actor) -> bool:
    return actor.is_staff


def may_be_handed_work(person: Person, staff: list[Person]) -> bool:
    return any(person.id == each.id for each in staff)
