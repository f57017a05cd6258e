"""What this room puts into the world of the access tests: a conversation with a stranger. Nothing of it belongs to a space."""

from stoa.social.listen.models import Conversation
from stoa.social.listen.tests.makers import make_conversation
from stoa.social.networks.models import Channel
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    if visibility == "public":
        made = make_conversation(world.get("networks.channel", "public"), "Is it open on Sunday?")
        world.put("listen.conversation", Conversation.objects.get(id=made.id))


def grow(world: World, visibility: str) -> None:
    if visibility == "public":
        for number, channel in enumerate(Channel.objects.order_by("id")):
            make_conversation(channel, "And on Monday?", handle=f"more{number}")
