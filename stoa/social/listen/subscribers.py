"""What this room does when channels are connected and when something of ours goes out. Each may run twice."""

from typing import Any

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


def is_answer(fact: Any) -> bool:
    """Posts have no conversation that would want to know."""
    return fact.post is None


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


@hears(DeliveryPlanned, name="listen.delivery_planned", when=lambda fact: fact.post is None and fact.again)
def follow_planned(told: Told[DeliveryPlanned]) -> None:
    follow_answer(told.fact.delivery)


@hears(DeliveryRefused, name="listen.delivery_refused", when=is_answer)
def follow_refused(told: Told[DeliveryRefused]) -> None:
    follow_answer(told.fact.delivery)


@hears(DeliveryStopped, name="listen.delivery_stopped", when=is_answer)
def follow_stopped(told: Told[DeliveryStopped]) -> None:
    follow_answer(told.fact.delivery)


@hears(DeliveryUnknown, name="listen.delivery_unknown", when=is_answer)
def follow_unknown(told: Told[DeliveryUnknown]) -> None:
    follow_answer(told.fact.delivery)


@hears(DeliveryHeld, name="listen.delivery_held", when=is_answer)
def follow_held(told: Told[DeliveryHeld]) -> None:
    follow_answer(told.fact.delivery)


@hears(DeliveryAsks, name="listen.delivery_asks", when=is_answer)
def follow_asks(told: Told[DeliveryAsks]) -> None:
    follow_answer(told.fact.delivery)


@hears(DeliveryWithdrawn, name="listen.delivery_withdrawn", when=is_answer)
def follow_withdrawn(told: Told[DeliveryWithdrawn]) -> None:
    follow_answer(told.fact.delivery)


@hears(BoostChanged, name="listen.boosts")
def read_where_it_changes(told: Told[BoostChanged]) -> None:
    """A reading at the edge keeps what came by itself apart from what was paid for."""
    measure_now(told.fact.delivery)
