"""Who is a member of which space."""

from functools import cache

from stoa.demo_guild import SEED
from stoa.demo_guild.people import people
from stoa.demo_guild.reading import spaces
from stoa.demo_guild.threads import threads


@cache
def memberships(seed: int = SEED, scale: int = 1) -> dict[str, tuple[str, ...]]:
    """Keys of the members of each space: its stewards, those whose interests lead there, and all who wrote in it."""
    inside = {space.key: set(space.stewards) for space in spaces()}
    for member in people(seed, scale):
        inside["porch"].add(member.key)
        for space in spaces():
            if set(space.interests) & set(member.interests):
                inside[space.key].add(member.key)
    for thread in threads(seed, scale):
        inside[thread.space] |= {thread.author, *(reply.author for reply in thread.replies)}
    order = {member.key: at for at, member in enumerate(people(seed, scale))}
    return {key: tuple(sorted(keys, key=order.__getitem__)) for key, keys in inside.items()}
