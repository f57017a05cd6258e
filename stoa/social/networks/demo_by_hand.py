"""The demo's fourth channel: an account that a person posts for, with nothing that opens it."""

from datetime import timedelta

from stoa.base import clock
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.demo_guild.social import channels
from stoa.social.networks import registry
from stoa.social.networks.actions.channels import by_hand
from stoa.social.networks.facts import ChannelConnected
from stoa.social.networks.models import Channel

SINCE = timedelta(days=90)
NAME = "Brackwater in pictures"
KIND = "channel by hand"  # apart from the others: nothing of the demo's year went out there


def take_up(story: Story) -> None:
    """Taken up a quarter of a year ago, under the handle that the guild's first channel has."""
    first, connector = channels()[0], registry.handed()
    handle, by = first.handle.removeprefix("@"), story.known("person", "dov")
    with story.at(story.now - SINCE):
        channel = Channel.objects.create(
            network=connector.key, remote_id=by_hand(handle), handle=handle, name=NAME, address=f"{connector.home}{handle}/",
            is_by_hand=True, connected_by_id=by, since=clock.now(),
        )  # fmt: skip
    story.remember(KIND, first.key, channel.id)
    announce_past([Past(ChannelConnected(channel.id, again=False), story.now - SINCE, by)])
