"""What this room puts into the world of the access tests: a channel and a hold. Nothing of it belongs to a space."""

from stoa.social.networks import registry
from stoa.social.networks.models import Channel, Hold
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    if visibility == "public":
        world.put("networks.channel", make(0))
        world.put("networks.hold", Hold.objects.create(reason="Lunch"))


def grow(world: World, visibility: str) -> None:
    if visibility == "public":
        for number in range(1, 10):
            Hold.objects.create(reason="More", channel=make(number))


def make(number: int) -> Channel:
    """A channel that opens nothing: in this world nobody speaks to a network."""
    return Channel.objects.create(network=registry.practice().key, remote_id=f"r{number}", handle=f"porch-{number}")
