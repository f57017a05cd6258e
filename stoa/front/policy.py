"""Who may."""

from stoa.base.actors import Actor
from stoa.front.models.moving_in import MOVE_IN
from stoa.people.models import Person


def may_open_desk(actor: Actor) -> bool:
    return actor.is_staff


def may_mark_work(actor: Actor) -> bool:
    return actor.is_staff


def may_be_handed_work(person: Person, staff: list[Person]) -> bool:
    return any(person.id == each.id for each in staff)


def may_move_in(actor: Actor) -> bool:
    """Whoever may let a community move in; and the command line, which is the operator's."""
    return actor.is_system or actor.may(MOVE_IN)
