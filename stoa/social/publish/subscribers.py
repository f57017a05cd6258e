"""What this room does when channels change, and whom it tells of what did not go out."""

from stoa.base.actors import SITE, system
from stoa.base.facts import Told, hears
from stoa.people.actions.notice import tell
from stoa.social.networks.facts import ChannelConnected, HoldLifted, SignInEnds
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import resume_channel, resume_held
from stoa.social.publish.facts import (
    DeliveryAsks,
    DeliveryHanded,
    DeliveryRefused,
    DeliveryStopped,
    DeliveryUnknown,
    OccurrenceMade,
)
from stoa.social.publish.models import Delivery, ScheduleChannel
from stoa.social.publish.noticing import ENDING, LOST, STATES
from stoa.social.publish.noticing_schedules import NOT_REPEATED
from stoa.spaces.readers import holders_of


@hears(ChannelConnected, name="publish.channel_connected")
def go_on(told: Told[ChannelConnected]) -> None:
    resume_channel(told.fact.channel)


@hears(HoldLifted, name="publish.hold_lifted")
def send_what_was_held(told: Told[HoldLifted]) -> None:
    resume_held()


@hears(DeliveryRefused, DeliveryAsks, DeliveryHanded, DeliveryUnknown, name="publish.notices")
def tell_who_can_mend(told: Told[DeliveryRefused]) -> None:
    """While it still is so: what was mended meanwhile is no news."""
    delivery = Delivery.objects.filter(id=told.fact.delivery).select_related("channel").first()
    kind = next((key for key, state in STATES.items() if delivery and delivery.state == state), "")
    if delivery and kind:
        able = holders_of("publish.plan", SITE, delivery.channel.scope)
        tell(able, kind, ("publish.delivery", delivery.id), by=system("publish"))


@hears(DeliveryStopped, name="publish.notices_of_channels")
def tell_who_can_connect(told: Told[DeliveryStopped]) -> None:
    """One notice of the channel, however much waits for it."""
    channel = Channel.objects.filter(id=told.fact.channel).exclude(state="connected").first()
    if channel:
        able = holders_of("networks.connect", SITE, channel.scope)
        tell(able, LOST, ("networks.channel", channel.id), by=system("publish"))


@hears(SignInEnds, name="publish.notices_of_endings")
def tell_who_can_sign_in(told: Told[SignInEnds]) -> None:
    """Ahead of time, while it still ends: who has signed in again since is told nothing."""
    fact = told.fact
    channel = Channel.objects.filter(id=fact.channel, ends_at=fact.at, state="connected").first()
    if channel:
        able = holders_of("networks.connect", SITE, channel.scope)
        tell(able, ENDING, ("networks.channel", channel.id), by=system("publish"))


@hears(OccurrenceMade, name="publish.notices_of_schedules")
def tell_who_can_repeat(told: Told[OccurrenceMade]) -> None:
    """Where it may not go out on some of its channels, or on none."""
    if told.fact.refused:
        channels = ScheduleChannel.objects.filter(schedule=told.fact.schedule).values_list("channel", flat=True)
        able = holders_of("publish.plan", SITE, *(("channel", each) for each in channels))
        tell(able, NOT_REPEATED, ("publish.schedule", told.fact.schedule), by=system("publish"))
