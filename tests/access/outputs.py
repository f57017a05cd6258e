"""What a kind of person gets besides the answers to requests: what the rooms say, and what any thing of the world would be drawn as."""

from collections.abc import Iterator

from tests.access.world import World, rooms_worlds


def of(world: World, person: str) -> Iterator[tuple[str, bytes]]:
    """(where, bytes)."""
    for room in rooms_worlds():
        if hasattr(room, "outputs"):
            yield from room.outputs(world, person)
