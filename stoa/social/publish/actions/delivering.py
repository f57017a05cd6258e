"""What a claimed delivery needs next, by its state. A claim makes at most one attempt."""

from datetime import timedelta

from django.db import transaction

from stoa.base import clock
from stoa.base.standing_queries import first, standing
from stoa.base.work import Fenced
from stoa.social.networks import lines
from stoa.social.networks.actions import mark_for_reconnecting, refresh_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Reconnect, Trouble, TryLater
from stoa.social.publish.actions import editing, handing, looking, sending, takedown, turns
from stoa.social.publish.facts import DeliveryUnknown
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import HANDED, PENDING, PLANNED, PUBLISHED, SENDING, UNKNOWN
from stoa.social.publish.times import LOOKS, SETTLING, patience, pause

AHEAD = timedelta(seconds=90)  # credentials that end so soon are renewed first


def deliver(delivery_id: int, fence: int) -> None:
    """Moves a claimed delivery on: sends it or hands it over, looks it up, or takes it down."""
    delivery = first(standing(turns.claimed, delivery_id=delivery_id, fence=fence))
    if delivery is None:
        raise Fenced
    if delivery.state == SENDING:
        lose(delivery_id, fence)
    elif not freshened(delivery, fence):
        return
    elif delivery.state == PLANNED:
        sending.send(delivery_id, fence)
    elif delivery.state in (UNKNOWN, PENDING):
        looking.look(delivery_id, fence)
    elif delivery.state == PUBLISHED and delivery.takedown == "asked":
        takedown.take_down(delivery_id, fence)
    elif delivery.state == PUBLISHED and editing.is_asked(delivery):
        editing.edit(delivery_id, fence)
    elif delivery.state == HANDED:
        handing.ask_what_became_of_it(delivery_id, fence)
    elif delivery.state == PUBLISHED and delivery.channel.is_by_hand:
        handing.look_at_page(delivery_id, fence)
    else:
        turns.write(delivery, fence, due_at=None)


def lose(delivery_id: int, fence: int) -> None:
    """A sending whose lease ran out: nobody came back to say what became of it. It is unknown, and looked up; never due."""
    with transaction.atomic():
        delivery = turns.take_up(delivery_id, fence)
        now = clock.steady()
        said = {"said": "Nobody came back to say what became of it."}
        delivery.attempts.filter(ended_at=None).update(ended_at=now, outcome="lost", evidence=said)
        lag = timedelta(seconds=delivery.channel.rules.lag)
        turns.write(
            delivery,
            fence,
            due_at=now + pause(LOOKS, 0),
            state=UNKNOWN,
            looks=0,
            quiet_at=now + max(lag, SETTLING),
            reason="",
        )
        turns.tell(DeliveryUnknown(delivery.id, delivery.channel_id, delivery.post_id))


def freshened(delivery: Delivery, fence: int) -> bool:
    """Renews credentials that are about to end. False when that did not work: the delivery waits, in the state that it has."""
    channel = delivery.channel
    if not channel.is_connected or channel.fresh_until is None or channel.fresh_until > clock.now() + AHEAD:
        return True
    return renewed(delivery, fence, channel)


def renewed(delivery: Delivery, fence: int, channel: Channel) -> bool:
    """One renewal, by one worker at a time. A channel that must be connected again is marked so."""
    try:
        refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
    except Reconnect as over:
        mark_for_reconnecting(channel.id, over.reason, seen=channel.opened)
        return True
    except Trouble as trouble:
        wait = patience(trouble.after) if isinstance(trouble, TryLater) else SETTLING
        turns.write(delivery, fence, due_at=clock.steady() + wait)
        return False
    return True
