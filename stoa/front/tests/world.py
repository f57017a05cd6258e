"""The front's part of the world that the access tests ask: how this place began, and marks on Today."""

from collections.abc import Iterator
from datetime import timedelta

from stoa.base import actors, clock
from stoa.base.desk import agenda
from stoa.front.actions.work import hand_over_work, set_work_aside
from stoa.front.launch import launch
from stoa.front.models import Beginning
from stoa.front.worklist import LISTS, today
from stoa.spaces.tests.makers import give
from tests.access.world import World

DAYS = timedelta(days=40)


def build(world: World, visibility: str) -> None:
    if visibility == "public":
        Beginning.objects.create(whom="menders", share="a street", need="mend", is_team=True)
        give(world.get("moderation.decider", "public"), "moderator")
        world.put("front.mark", set_work_aside("front.example:1", "Seen to.", by=world.actor("owner")))


def beside(world: World) -> None:
    """Somebody who is on the staff and in the secret space handed over, and set aside, what waits there."""
    by = actors.of_person(world.get("moderation.decider", "public").id)
    for name in ("moderation.case", "talk.case", "spaces.application"):
        key = f"{name}:{world.get(name, 'secret').id}"
        hand_over_work(key, world.people["owner"], by=by)
    set_work_aside(f"talk.waiting:{world.get('talk.topic', 'secret').id}", "Seen to.", by=by)


def outputs(world: World, kind: str) -> Iterator[tuple[str, bytes]]:
    """Today, the calendar and the launch list as they are read, whole."""
    actor, now = world.actor(kind), clock.now()
    for each in LISTS:
        yield f"today's {each}", repr(today(actor, each)).encode()
    yield "the calendar", repr(agenda(actor, now - DAYS, now + DAYS)).encode()
    yield "the launch list", repr(launch(actor, "")).encode()
