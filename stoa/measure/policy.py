"""Who may: pure functions of the Actor."""

from stoa.base.actors import Actor

READ = "measure.read"


def may_read_numbers(actor: Actor) -> bool:
    return actor.may(READ)
