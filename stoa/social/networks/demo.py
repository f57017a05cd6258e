"""The demo's channels: three accounts on the practice network, connected through its connector like any other, and one by hand."""

from datetime import timedelta

from stoa.base import clock
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.demo_guild.social import channels
from stoa.social.networks import registry
from stoa.social.networks.actions.channels import open_practice_account
from stoa.social.networks.actions.credentials import seal_credentials
from stoa.social.networks.demo_by_hand import take_up
from stoa.social.networks.facts import ChannelConnected
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Granted

A_YEAR_AGO = timedelta(days=366)


def fill(story: Story) -> None:
    """Connects them as they have been for a year."""
    connected = story.now - A_YEAR_AGO
    by, told = story.known("person", "dov"), []
    for row in channels():
        account, granted = open_practice_account(row.handle.removeprefix("@").lower(), row.name)
        with story.at(connected):
            channel = channel_of(account, granted, by)
        channel.save(force_insert=True)
        story.remember("channel", row.key, channel.id)
        told.append(Past(ChannelConnected(channel.id, again=False), connected, by))
    announce_past(told)
    take_up(story)


def channel_of(account: Account, granted: Granted, by: int | None) -> Channel:
    channel = Channel(
        network=registry.practice().key, remote_id=account.id, handle=account.handle, name=account.name,
        portrait=account.avatar, address=account.address, connected_by_id=by, since=clock.now(),
    )  # fmt: skip
    seal_credentials(channel, granted)
    return channel
