"""Carrying: step after step, in transactions of a moment each, so that pages are answered meanwhile. Killed at any moment, it goes on
where the last transaction ended."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.base.work import Fenced
from stoa.front.actions.moving_in.load import Load
from stoa.front.actions.moving_in.messages import carry_messages
from stoa.front.actions.moving_in.people import carry_belongings, carry_people, carry_places
from stoa.front.actions.moving_in.reading import drop_van, van_folder
from stoa.front.actions.moving_in.signs import carry_signs
from stoa.front.facts import MovedIn
from stoa.front.models import Import

STEPS: dict[str, Callable[[Load], bool]] = {
    "people": carry_people,
    "places": carry_places,
    "belongings": carry_belongings,
    "messages": carry_messages,
    "signs": carry_signs,
}
TURN = 5.0  # seconds after which a worker looks whether something else is due
LEASE = timedelta(minutes=2)
REST = 0.25  # of the time that a piece took: the pages' turn


def carry(import_id: int, fence: int) -> None:
    """A worker's turn: some pieces, then the row is due again, until all is here."""
    row = Import.objects.get(id=import_id)
    if row.state != Import.State.MOVING or not van_folder(row.folder).exists():
        Import.objects.filter(id=row.id, fence=fence).update(due_at=None, lease_until=None)
        return
    is_done = _pieces(row, fence, time.monotonic() + TURN)
    if not is_done:
        Import.objects.filter(id=row.id, fence=fence).update(due_at=clock.now(), lease_until=None, tries=0)


def carry_on_here(row: Import, told: Callable[[Import], None]) -> bool:
    """The same in the foreground, without a worker: all of it. Says whether it came to the end; False when somebody else is at it, or it
    was paused."""
    while True:
        until = clock.db_now()
        free = Import.objects.filter(
            Q(lease_until=None) | Q(lease_until__lt=until), id=row.id, state=Import.State.MOVING
        )
        if not free.update(lease_until=until + LEASE, fence=F("fence") + 1):
            return False
        row.refresh_from_db()
        try:
            is_done = _pieces(row, row.fence, time.monotonic() + TURN)
        except Fenced:
            return False
        told(row)
        if is_done:
            return True
        Import.objects.filter(id=row.id, fence=row.fence).update(lease_until=None)


def _pieces(row: Import, fence: int, until: float) -> bool:
    """Pieces until the time is over; whether all is here."""
    load = Load.of(row, fence)
    try:
        while time.monotonic() < until:
            begun = time.monotonic()
            if row.step not in STEPS:
                _end(load)
                return True
            STEPS[row.step](load)
            time.sleep((time.monotonic() - begun) * REST)
        return False
    finally:
        load.van.close()


def _end(load: Load) -> None:
    row = load.row
    with transaction.atomic():
        ended = {
            "state": Import.State.DONE,
            "due_at": None,
            "lease_until": None,
            "ended_at": clock.now(),
            "rounds": F("rounds") + 1,
        }
        if not Import.objects.filter(id=row.id, fence=load.fence, state=Import.State.MOVING).update(**ended):
            raise Fenced
        people, topics, replies = (row.carried.get(name, 0) for name in ("people", "topics", "replies"))
        announce(MovedIn(row.id, people, topics, replies), by=system("front"))
        transaction.on_commit(lambda: drop_van(row))
    row.refresh_from_db()
