"""Reading the numbers of our posts: often while they are young, seldom later."""

from datetime import datetime, timedelta

from django.db import transaction

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.base.work import Fenced
from stoa.social.listen.actions import asking
from stoa.social.listen.facts import ReadingTaken
from stoa.social.listen.models import Measuring, Reading
from stoa.social.networks.actions.patience import keep_quiet
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Measured, Measures, NotOffered, Reconnect, Trouble, TryLater
from stoa.social.publish.models import Delivery
from stoa.social.publish.times import patience

LEASE = timedelta(seconds=120)
AGES = (
    timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=28),
)  # fmt: skip
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=6)
METER = system("listen")


def start_measuring(delivery_id: int) -> None:
    """Plans the readings of a published post. Answers are not measured. May run twice."""
    delivery = Delivery.objects.select_related("channel").filter(id=delivery_id, post__isnull=False).first()
    if delivery is None or delivery.published_at is None or not measures(delivery.channel):
        return
    now, published = clock.now(), delivery.published_at
    step = max(0, passed(published, now) - 1)
    due = max(published + AGES[step], now)
    Measuring.objects.get_or_create(delivery=delivery, defaults={"due_at": due, "step": step})


def measure_now(delivery_id: int) -> None:
    """One more reading, at once; the others stay where they are planned."""
    Measuring.objects.filter(delivery=delivery_id, lease_until=None).update(due_at=clock.now())


def measures(channel: Channel) -> bool:
    """Whether the network tells us numbers: nothing opens an account that is served by hand."""
    return not channel.is_by_hand and isinstance(channel.connector, Measures)


def passed(published: datetime, now: datetime) -> int:
    """How many of the ages a post has reached. Those that were missed are read once, not one after the other."""
    return sum(published + age <= now for age in AGES)


def measure(measuring_id: int, fence: int) -> None:
    """One reading of one post: the call outside of any transaction, then all its numbers with one instant."""
    row = Measuring.objects.filter(id=measuring_id, fence=fence).select_related("delivery__channel").first()
    if row is None:
        raise Fenced
    delivery = row.delivery
    channel = delivery.channel
    if not delivery.is_published or not measures(channel):
        settle(row, None, "")
    elif not delivery.network_id:
        settle(row, None, "By which id the network knows this post is not known: a person posted it.")
    elif not channel.is_connected:
        settle(row, LONGEST, "This channel is not connected.")
    elif channel.quiet_until and channel.quiet_until > clock.now():
        settle(row, channel.quiet_until - clock.now(), row.trouble)
    else:
        ask(row, delivery)


def ask(row: Measuring, delivery: Delivery) -> None:
    channel = delivery.channel
    try:
        measured = asking.ask(channel, lambda line: channel.connector.measure([delivery.remote_id], over=line))
    except Reconnect as over:
        settle(row, LONGEST, over.reason)
    except TryLater as later:
        wait = min(patience(later.after), LONGEST)
        keep_quiet(channel.id, clock.now() + wait)
        settle(row, wait, later.reason)
    except Trouble as trouble:
        settle(row, pause(row), trouble.reason)
    except Exception as broken:
        settle(row, pause(row), f"The network's answer could not be read ({type(broken).__name__}).")
    else:
        keep(row, delivery, measured)


def keep(row: Measuring, delivery: Delivery, measured: Measured) -> None:
    """Appends the readings, and plans the next."""
    now = clock.now()
    told = {each.measure: each.value for each in measured.readings if each.id == delivery.remote_id}
    published = delivery.published_at or now
    step = max(row.step, passed(published, now))  # one more between two ages takes the place of none
    due = published + AGES[step] if step < len(AGES) else None
    with transaction.atomic():
        rows = Measuring.objects.filter(id=row.id, fence=row.fence)
        missing = row.missing + (0 if told else 1)
        if not rows.update(step=step, due_at=due, lease_until=None, trouble="", tries=0, missing=missing):
            raise Fenced
        if told:
            record(delivery, told, now)


def record(delivery: Delivery, told: dict[str, int | NotOffered], now: datetime) -> None:
    made = [
        Reading(
            delivery=delivery, measure=key[:40], value=None if isinstance(value, NotOffered) else int(value), at=now
        )
        for key, value in told.items()
    ]
    Reading.objects.bulk_create(made, ignore_conflicts=True)
    offered = sum(each.is_offered for each in made)
    announce(ReadingTaken(delivery.id, delivery.channel_id, offered, len(made) - offered), by=METER)


def settle(row: Measuring, wait: timedelta | None, trouble: str) -> None:
    """Nothing was read: again after a while, or never."""
    due = None if wait is None else clock.now() + wait
    if not Measuring.objects.filter(id=row.id, fence=row.fence).update(
        due_at=due, lease_until=None, trouble=trouble[:300]
    ):
        raise Fenced


def pause(row: Measuring) -> timedelta:
    return min(SHORTEST * float(2 ** min(row.tries, 8)), LONGEST)
