"""Many people answer in the same moment on separate connections: no seat is given twice, none stays empty."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from stoa.base.actors import Actor
from stoa.community.gather.actions import say_no, say_yes
from stoa.community.gather.models import Event, Rsvp
from stoa.community.gather.tests.makers import make_event
from stoa.people.tests.makers import make_actor

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(acts: list[Callable[[], object]]) -> None:
    """Runs each on its own thread and connection, let go together."""
    gate, troubles = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            act()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert troubles == []


def counted(event: Event) -> tuple[int, int, int, int]:
    event.refresh_from_db()
    rows = Rsvp.objects.filter(event=event)
    return event.going_count, event.waiting_count, rows.going().count(), rows.waiting().count()


def test_ten_people_and_three_seats_then_three_leave_at_once() -> None:
    event = make_event(seats=3)
    people: list[Actor] = [make_actor(f"Person {number}") for number in range(10)]
    all_at_once([lambda actor=actor: say_yes(event, by=actor) for actor in people])
    assert counted(event) == (3, 7, 3, 7)
    going = [actor for actor in people if Rsvp.objects.going().filter(event=event, person_id=actor.own_id).exists()]
    all_at_once([lambda actor=actor: say_no(event, by=actor) for actor in going])
    assert counted(event) == (3, 4, 3, 4)
