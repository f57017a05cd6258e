"""What this room does when channels are connected and when something of ours goes out. Each may run twice."""

from stoa.base.facts import Told, hears
from stoa.social.listen.actions.answering import follow_answer
from stoa.social.listen.actions.appearing import start_looking, stop_looking
from stoa.social.listen.actions.fetching import start_listening
from stoa.social.listen.actions.measuring import measure_now, start_measuring
from stoa.social.networks.facts import ChannelConnected, ChannelDisconnected
from stoa.social.publish.facts import (
    BoostChanged,
    DeliveryAsks,
    DeliveryHeld,
    DeliveryPlanned,
    DeliveryPublished,
    DeliveryRefused,
    DeliveryStopped,
    DeliveryUnknown,
    DeliveryWithdrawn,
)


@hears(ChannelConnected, name="listen.channel_connected")
def listen_to_it(told: Told[ChannelConnected]) -> None:
    start_listening(told.fact.channel)
    start_looking(told.fact.channel)


@hears(ChannelDisconnected, name="listen.channel_disconnected")
def forget_its_looks(told: Told[ChannelDisconnected]) -> None:
    stop_looking(told.fact.channel)


@hears(DeliveryPublished, name="listen.delivery_published")
def follow_what_went_out(told: Told[DeliveryPublished]) -> None:
    if told.fact.post is None:
        follow_answer(told.fact.delivery)
    else:
        start_measuring(told.fact.delivery)


@hears(DeliveryPlanned, name="listen.delivery_planned")
def follow_planned(told: Told[DeliveryPlanned]) -> None:
    if told.fact.post is None and told.fact.again:
        follow_answer(told.fact.delivery)


@hears(DeliveryRefused, name="listen.delivery_refused")
def follow_refused(told: Told[DeliveryRefused]) -> None:
    if told.fact.post is None:
        follow_answer(told.fact.delivery)


@hears(DeliveryStopped, name="listen.delivery_stopped")
def follow_stopped(told: Told[DeliveryStopped]) -> None:
    if told.fact.post is None:
        follow_answer(told.fact.delivery)


@hears(DeliveryUnknown, name="listen.delivery_unknown")
def follow_unknown(told: Told[DeliveryUnknown]) -> None:
    if told.fact.post is None:
        follow_answer(told.fact.delivery)


@hears(DeliveryHeld, name="listen.delivery_held")
def follow_held(told: Told[DeliveryHeld]) -> None:
    if told.fact.post is None:
        follow_answer(told.fact.delivery)


@hears(DeliveryAsks, name="listen.delivery_asks")
def follow_asks(told: Told[DeliveryAsks]) -> None:
    if told.fact.post is None:
        follow_answer(told.fact.delivery)


@hears(DeliveryWithdrawn, name="listen.delivery_withdrawn")
def follow_withdrawn(told: Told[DeliveryWithdrawn]) -> None:
    if told.fact.post is None:
        follow_answer(told.fact.delivery)


@hears(BoostChanged, name="listen.boosts")
def read_where_it_changes(told: Told[BoostChanged]) -> None:
    """A reading at the edge keeps what came by itself apart from what was paid for."""
    measure_now(told.fact.delivery)
