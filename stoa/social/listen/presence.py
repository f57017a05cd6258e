"""Presence: each channel as a stranger sees it, with a check-list, its followers, and how many of them spoke to us.

*Active* is: distinct accounts that answered, quoted or mentioned us on this channel in the last 28 days ÷ its followers as last
read. It is *not offered* where the network tells no followers or not who spoke.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Min, OuterRef, Subquery
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.social.listen.actions.appearing import presents
from stoa.social.listen.actions.fetching import listens
from stoa.social.listen.models import Appearance, Conversation, FollowerCount, Message
from stoa.social.listen.models.conversation import WAITING
from stoa.social.listen.models.message import IN
from stoa.social.listen.policy import may_read_channel
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Delivery

ACTIVE_FOR, FRESH, MONTH = timedelta(days=28), timedelta(days=14), timedelta(days=30)
PATIENCE = timedelta(hours=24)
MOST = 200
YES, NO, UNTOLD = "yes", "no", "untold"


@dataclass(frozen=True)
class Check:
    """One question that a stranger would ask, its answer (`yes`, `no`, `untold`), and what to do about a no."""

    key: str
    question: str
    answer: str
    mend: str = ""


@dataclass(frozen=True)
class Face:
    """A channel and all that its line and its page say of it. `followers`, `active`: None = not offered or not read yet;
    `active` also when it is not for this reader to know."""

    channel: Channel
    appearance: Appearance | None
    is_told: bool
    followers: int | None
    followers_before: int | None
    counted_on: Any
    active: int | None
    waiting: int
    checks: tuple[Check, ...]

    @property
    def passed(self) -> int:
        return sum(each.answer == YES for each in self.checks)

    @property
    def asked(self) -> int:
        return sum(each.answer != UNTOLD for each in self.checks)

    @property
    def share(self) -> float | None:
        """Of its followers, how many spoke to us; None where either is not offered, or nobody follows."""
        return self.active / self.followers if self.active is not None and self.followers else None

    @property
    def grown(self) -> int | None:
        if self.followers is None or self.followers_before is None:
            return None
        return self.followers - self.followers_before


@dataclass(frozen=True)
class Shown:
    """One of the last posts as it stands there. `delivery`: ours, if it went out from here."""

    text: str
    at: datetime
    address: str
    replies: int | None
    delivery: Delivery | None


def faces(actor: Actor) -> list[Face]:
    """All channels that this actor sees and that are not disconnected; a few dozen at most. Six queries."""
    return faces_of(list(Channel.objects.visible_to(actor).living().order_by("network", "handle", "id")[:MOST]), actor)


def faces_of(channels: Sequence[Channel], actor: Actor) -> list[Face]:
    looks = Appearance.objects.visible_to(actor).filter(channel__in=channels)
    appearances = {row.channel_id: row for row in looks}
    latest, before = followers_of(channels)
    active, waiting = active_on(channels, actor), waiting_on(channels, actor)
    spoken = {each.id: listens(each) and may_read_channel(actor, each.id) for each in channels}
    return [
        Face(
            channel=each,
            appearance=appearances.get(each.id),
            is_told=presents(each),
            followers=latest[each.id].value if each.id in latest else None,
            followers_before=before[each.id].value if each.id in before else None,
            counted_on=latest[each.id].day if each.id in latest else None,
            active=active.get(each.id, 0) if spoken[each.id] else None,
            waiting=waiting.get(each.id, (0, None))[0],
            checks=checks_of(appearances.get(each.id), waited_on(each, waiting) if spoken[each.id] else None),
        )
        for each in channels
    ]


def followers_of(channels: Sequence[Channel]) -> tuple[dict[int, FollowerCount], dict[int, FollowerCount]]:
    """The newest count of each channel, and the newest that is a month older or more."""
    own = FollowerCount.objects.filter(channel=OuterRef("channel")).order_by("-day").values("id")
    month = (clock.now() - MONTH).date()
    newest = FollowerCount.objects.filter(channel__in=channels, id=Subquery(own[:1]))
    older = FollowerCount.objects.filter(channel__in=channels, id=Subquery(own.filter(day__lte=month)[:1]))
    return {row.channel_id: row for row in newest}, {row.channel_id: row for row in older}


def active_on(channels: Sequence[Channel], actor: Actor) -> dict[int, int]:
    """Distinct accounts that spoke to us in the last 28 days, channel by channel: of those whose inbox this actor reads."""
    since = clock.now() - ACTIVE_FOR
    said = Message.objects.visible_to(actor).filter(channel__in=channels, direction=IN, at__gt=since).order_by()
    counted = said.values("channel").annotate(accounts=Count("conversation__identity", distinct=True))
    return {row["channel"]: row["accounts"] for row in counted}


def waiting_on(channels: Sequence[Channel], actor: Actor) -> dict[int, tuple[int, datetime]]:
    """How many wait for an answer of ours in public, and since when the first does: of those whose inbox this actor reads."""
    rows = Conversation.objects.visible_to(actor).filter(channel__in=channels, state=WAITING).order_by()
    found = rows.values("channel").annotate(count=Count("id"), first=Min("waiting_since"))
    return {row["channel"]: (row["count"], row["first"]) for row in found}


def checks_of(row: Appearance | None, waited: bool | None) -> tuple[Check, ...]:
    """What a stranger looks for. What is not told, by the network or to this reader, is not counted against anybody. `waited`: whether
    somebody has for a day."""
    read = row if row is not None and row.read_at else None
    there = _("Change it on the network.")
    home = _("Put this address there: %(address)s") % {"address": settings.STOA_URL}
    return (
        Check("bio", _("Says who you are"), known(read and read.bio), there),
        Check("picture", _("Has a picture"), known(read and read.has_picture), there),
        Check("link", _("Leads to this community"), leads_home(read), home),
        Check("pinned", _("Has a post pinned"), known(read and read.pinned), _("Pin the post that says best what you do.")),
        Check("fresh", _("Spoke in the last two weeks"), spoke(read), _("Plan a post.")),
        Check("answered", _("Nobody has waited for a day"), known(None if waited is None else not waited), _("Answer in the inbox.")),
    )  # fmt: skip


def known(value: object) -> str:
    return UNTOLD if value is None else YES if value else NO


def leads_home(row: Appearance | None) -> str:
    """By our host in its links or its words."""
    if row is None or (row.bio is None and not row.links):
        return UNTOLD
    home = urlsplit(settings.STOA_URL).netloc.lower()
    linked = any(urlsplit(each).netloc.lower() == home for each in row.links)
    return YES if linked or home in (row.bio or "").lower() else NO


def spoke(row: Appearance | None) -> str:
    if row is None:
        return UNTOLD
    newest = max((instant(each) for each in row.posts), default=None)
    return YES if newest and newest > clock.now() - FRESH else NO


def waited_on(channel: Channel, waiting: Mapping[int, tuple[int, datetime]]) -> bool:
    """Whether somebody has waited longer than a day there."""
    return channel.id in waiting and waiting[channel.id][1] < clock.now() - PATIENCE


def instant(post: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(post["at"]))


def posts_shown(face: Face, actor: Actor) -> list[Shown]:
    """The last posts, ours with their own words. One query."""
    if face.appearance is None:
        return []
    posts: list[dict[str, Any]] = face.appearance.posts
    ours = deliveries_of(face.channel, [each["id"] for each in posts], actor)
    return [shown(each, ours.get(each["id"])) for each in posts]


def deliveries_of(channel: Channel, ids: Collection[str], actor: Actor) -> dict[str, Delivery]:
    rows = Delivery.objects.visible_to(actor).filter(channel=channel, remote_id__in=ids)
    return {row.remote_id: row for row in rows}


def shown(post: Mapping[str, Any], delivery: Delivery | None) -> Shown:
    words = delivery.words if delivery else str(post["text"])
    return Shown(words, instant(post), str(post["address"]), post["replies"], delivery)
