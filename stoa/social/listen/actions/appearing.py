"""Reading how a channel looks to a stranger: once a day, after it was connected, and when somebody asks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.http import web_address
from stoa.base.models.site import site
from stoa.base.walltime import zone
from stoa.base.work import Fenced, wake
from stoa.social.listen.actions.asking import ask
from stoa.social.listen.actions.hearing import plain
from stoa.social.listen.models import Appearance, FollowerCount
from stoa.social.networks.actions.patience import keep_quiet
from stoa.social.networks.models import Channel
from stoa.social.networks.policy import may_see_channels
from stoa.social.networks.protocol import NotOffered, Presence, Presents, Reconnect, Standing, Trouble, TryLater
from stoa.social.networks.registry import UnknownNetwork
from stoa.social.publish.models import Delivery
from stoa.social.publish.times import patience

LEASE = timedelta(seconds=120)
EVERY, SHORTEST, LONGEST = timedelta(hours=24), timedelta(minutes=5), timedelta(hours=6)
AGAIN = timedelta(minutes=2)  # no sooner than this a person may ask once more
POSTS, WORDS, MOST = 10, 5_000, 2**62


def presents(channel: Channel) -> bool:
    """Whether its network tells how the channel looks: nothing is asked of an account that is served by hand."""
    try:
        return not channel.is_by_hand and isinstance(channel.connector, Presents)
    except UnknownNetwork:
        return False


def start_looking(channel_id: int) -> None:
    """From now on it is read once a day. May run twice."""
    channel = Channel.objects.filter(id=channel_id).first()
    if channel is None or not presents(channel):
        return
    with transaction.atomic():
        row, _made = Appearance.objects.get_or_create(channel=channel)
        Appearance.objects.filter(id=row.id).update(due_at=clock.now(), trouble="", tries=0)
        wake.after_commit()


def stop_looking(channel_id: int) -> None:
    """What was seen of a channel that is not ours to read any more is kept no longer. May run twice."""
    rows = Appearance.objects.filter(channel=channel_id).exclude(channel__state="connected")
    rows.update(told={}, read_at=None)


def look_now(channel: Channel, *, by: Actor) -> None:
    """A person wants to see how it looks now."""
    if not may_see_channels(by):
        raise NotAllowed(_("You may not see channels."))
    if not channel.is_connected or not presents(channel):
        raise NotPossible(_("This channel's network cannot be asked."))
    row = Appearance.objects.filter(channel=channel).first()
    now = clock.now()
    if row is None:
        start_looking(channel.id)
    elif was_tried(row, now - AGAIN):
        raise NotPossible(_("It was looked at just now."), _("Wait two minutes."))
    elif row.due_at is None or row.due_at > now:
        with transaction.atomic():
            Appearance.objects.filter(id=row.id).update(due_at=now)
            wake.after_commit()


def was_tried(row: Appearance, since: datetime) -> bool:
    """Whether it was looked at since then, with whatever result: the pause after a trouble tells when that was."""
    tried = row.due_at - pause(row) if row.due_at is not None and row.trouble else None
    return any(each is not None and each > since for each in (row.read_at, tried))


def look(appearance_id: int, fence: int) -> None:
    """One look at one channel: the call outside of any transaction."""
    row = Appearance.objects.filter(id=appearance_id, fence=fence).select_related("channel").first()
    if row is None:
        raise Fenced
    channel = row.channel
    if not channel.is_connected or not presents(channel):
        settle(row, None, "This channel is not connected.")
        stop_looking(channel.id)
    elif channel.quiet_until and channel.quiet_until > clock.now():
        settle(row, channel.quiet_until - clock.now(), row.trouble)
    else:
        ask_network(row, channel)


def ask_network(row: Appearance, channel: Channel) -> None:
    try:
        told = ask(channel, lambda line: channel.connector.present(over=line))
        keep(row, channel, told)
    except Fenced:
        raise
    except Reconnect as over:
        settle(row, None, over.reason)
    except TryLater as later:
        wait = min(patience(later.after), LONGEST)
        keep_quiet(channel.id, clock.now() + wait)
        settle(row, wait, later.reason)
    except Trouble as trouble:
        settle(row, pause(row), trouble.reason)
    except Exception as broken:
        settle(row, pause(row), f"The network's answer could not be read ({type(broken).__name__}).")


def keep(row: Appearance, channel: Channel, told: Presence) -> None:
    """What the network told, cut to what we keep; today's count of followers replaces an earlier one of today."""
    now, seen = clock.now(), seen_of(channel, told)
    with transaction.atomic():
        rows = Appearance.objects.filter(id=row.id, fence=row.fence)
        if not rows.update(told=seen, read_at=now, due_at=now + EVERY, lease_until=None, trouble="", tries=0):
            raise Fenced
        value = None if isinstance(told.followers, NotOffered) else min(max(int(told.followers), 0), MOST)
        FollowerCount.objects.update_or_create(
            channel=channel, day=now.astimezone(zone(site().zone)).date(), defaults={"value": value}
        )


def seen_of(channel: Channel, told: Presence) -> dict[str, Any]:
    """What is kept of an answer, as JSON."""
    return {
        "bio": None if told.bio is None else plain(told.bio, WORDS),
        "has_picture": told.has_picture,
        "pinned": None if told.pinned is None else bool(told.pinned),
        "links": [kept for each in told.links[:POSTS] if (kept := web_address(each, 500))],
        "posts": posts_of(channel, told.posts),
    }


def posts_of(channel: Channel, posts: Iterable[Standing]) -> list[dict[str, Any]]:
    """The last posts that answer nobody. Words that went out from here are not kept a second time."""
    shown = [each for each in posts if not each.is_answer][:POSTS]
    ours = ours_among(channel, [each.id for each in shown])
    return [
        {
            "id": each.id[:500],
            "text": "" if first_of(each.id) in ours else plain(each.text, WORDS),
            "at": each.at.isoformat(),
            "address": web_address(each.address, 1000),
            "replies": None if isinstance(each.replies, NotOffered) else int(each.replies),
        }
        for each in shown
    ]


def ours_among(channel: Channel, ids: Iterable[str]) -> set[str]:
    """Those that went out from here, by the first of their messages: an album's id names all of them ("1/55+56")."""
    firsts = {first_of(each) for each in ids}
    is_meant = Q(remote_id__in=firsts)
    for each in firsts:
        is_meant |= Q(remote_id__startswith=f"{each}+")
    found = Delivery.objects.filter(is_meant, channel=channel).values_list("remote_id", flat=True)
    return {first_of(each) for each in found}


def first_of(id: str) -> str:
    return id.partition("+")[0]


def settle(row: Appearance, wait: timedelta | None, trouble: str) -> None:
    """Nothing was read: again after a while, or not before the channel is connected again."""
    due = None if wait is None else clock.now() + wait
    rows = Appearance.objects.filter(id=row.id, fence=row.fence)
    if not rows.update(due_at=due, lease_until=None, trouble=trouble[:300]):
        raise Fenced


def pause(row: Appearance) -> timedelta:
    return min(SHORTEST * float(2 ** min(row.tries, 8)), LONGEST)
