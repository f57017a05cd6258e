"""The front's part of the world that the access tests ask: how this place began, and marks on Today."""

from collections.abc import Iterator
from datetime import timedelta

from stoa.base import actors, clock
from stoa.base.desk import agenda
from stoa.front.actions.work import hand_over_work, set_work_aside
from stoa.front.launch import launch
from stoa.front.models import Beginning, Import, Moved, OldHome
from stoa.front.worklist import LISTS, today
from stoa.spaces.models.space import VISIBILITIES
from stoa.spaces.tests.makers import give
from tests.access.world import World

DAYS = timedelta(days=40)


def build(world: World, visibility: str) -> None:
    move_in(world, visibility)
    if visibility == "public":
        Beginning.objects.create(whom="menders", share="a street", need="mend", is_team=True)
        give(world.get("moderation.decider", "public"), "moderator")
        world.put("front.mark", set_work_aside("front.example:1", "Seen to.", by=world.actor("owner")))


def move_in(world: World, visibility: str) -> None:
    """Another community moved in: what was there at an old address is the topic of this space; and an archive waits to be confirmed."""
    home, _made = OldHome.objects.get_or_create(
        system="discourse", key="old.example.org", defaults={"name": "The old place"}
    )
    topic, old = world.get("talk.topic", visibility), f"90{VISIBILITIES.index(visibility)}"
    row = Moved.objects.create(home=home, kind="topic", old=old, thing_key="talk.topic", thing_id=topic.id)
    row.path = f"t/old/{old}"  # type: ignore[attr-defined]
    world.put("front.moved", row)
    world.put("front.home", home)
    if visibility == "public":
        world.put(
            "front.import",
            Import.objects.create(home=home, digest="1" * 64, folder="world", found={"people": 3, "messages": 9}),
        )


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
