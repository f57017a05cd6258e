"""What this room does when channels change."""

from stoa.base.facts import Told, hears
from stoa.social.networks.facts import ChannelConnected, HoldLifted
from stoa.social.publish.actions import resume_channel, resume_held


@hears(ChannelConnected, name="publish.channel_connected")
def go_on(told: Told[ChannelConnected]) -> None:
    resume_channel(told.fact.channel)


@hears(HoldLifted, name="publish.hold_lifted")
def send_what_was_held(told: Told[HoldLifted]) -> None:
    resume_held()
