"""Announcing: the fact's row and its hearings, in the same transaction as the change."""

from django.db import connection

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.facts.declare import Fact
from stoa.base.facts.hear import subscribers_of
from stoa.base.live import bus
from stoa.base.standing_writes import insert
from stoa.base.work import wake


def announce(told: Fact, *, by: Actor) -> int:
    """Writes the fact and a hearing for each durable subscriber; wakes a worker and live streams after commit. Gives the row's id.

    Must be called inside a transaction: a fact outside of one could be told of a change that never was.
    """
    from stoa.base.models import FactRow, Hearing

    if not connection.in_atomic_block:
        raise RuntimeError(f"{told.name} was announced outside a transaction")
    key, about = told.about_thing()
    now = clock.now()
    row = FactRow(
        name=told.name, version=told.version, content=told.content(), at=now,
        by_id=by.person_id, about_key=key, about_id=about,
    )  # fmt: skip
    insert(row)
    heard = [Hearing(fact=row, subscriber=subscriber.name, due_at=now) for subscriber in subscribers_of(told)]
    if heard:
        insert(*heard)
        wake.after_commit()
    bus.look_after_commit()
    return row.id
