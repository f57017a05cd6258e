"""The front's part of the world that the access tests ask: a mark on Today."""

from typing import Any

from stoa.front.actions.work import set_work_aside


def build(world: Any, visibility: str) -> None:
    if visibility == "public":
        world.put("front.mark", set_work_aside("front.example:1", "Seen to.", by=world.actor("owner")))
