"""The acts that badges are for, as rows that stand here now: each with whom it helped, where, and when. What was said before somebody
joined does not count, nor what only one person and the team can see."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from stoa.base.things import Reference
from stoa.community.talk.models import Presence, Reply, RitualTopic, Topic, Welcome

HERE = ("member", "suspended")
CLOSED = ("private", "secret")
AT_ONCE = timedelta(0)


@dataclass(frozen=True)
class Act:
    """Something that somebody did: the thing that it is seen in, and `other`, whom it was for (of a ritual: which). `waited`: how long the
    other had waited. `sphere`: the closed space where it happened, 0 for any that all members may read."""

    person: int
    thing: Reference
    space: int
    sphere: int
    other: int
    at: datetime
    waited: timedelta = AT_ONCE


def sphere(space_id: int, visibility: str) -> int:
    return space_id if visibility in CLOSED else 0


def settled(people: Collection[int] | None) -> Iterator[Act]:
    """Replies that settled a question of somebody else."""
    rows = Topic.objects.here().filter(
        space__ask_team=False, accepted__presence=Presence.HERE, accepted__author__standing__in=HERE,
        accepted__added_at__gte=F("accepted__author__joined_at"),
    ).exclude(author=F("accepted__author"))  # fmt: skip
    rows = _of(rows, "accepted__author", people)
    found = rows.order_by().values_list(
        "accepted__author", "accepted", "accepted__added_at", "author", "opened_at", "space", "space__visibility"
    )
    for person, reply, at, other, opened, space, visibility in found.iterator():
        yield Act(person, ("talk.reply", reply), space, sphere(space, visibility), other, at, at - opened)


def first_answers(people: Collection[int] | None) -> Iterator[Act]:
    """First replies to the first topic of somebody who opened it here."""
    others = Reply.objects.filter(topic=OuterRef("topic"), presence=Presence.HERE).exclude(
        author=OuterRef("topic__author")
    )
    earlier = Topic.objects.filter(author=OuterRef("topic__author"), id__lt=OuterRef("topic"))
    rows = Reply.objects.filter(
        presence=Presence.HERE, topic__presence=Presence.HERE, topic__space__ask_team=False, author__standing__in=HERE,
        added_at__gte=F("author__joined_at"), topic__kind__in=Topic.Kind.that_wait(),
    ).filter(
        Q(topic__opened_at__gte=F("topic__author__joined_at")) | Q(topic__author__standing="erased")
    ).exclude(author=F("topic__author"))  # fmt: skip
    rows = _of(rows, "author", people).filter(id=Subquery(others.order_by("id").values("id")[:1]))
    found = rows.exclude(Exists(earlier)).order_by().values_list(
        "author", "id", "added_at", "topic__author", "topic__space", "topic__space__visibility"
    )  # fmt: skip
    for person, reply, at, other, space, visibility in found.iterator():
        yield Act(person, ("talk.reply", reply), space, sphere(space, visibility), other, at)


def welcomed(people: Collection[int] | None) -> Iterator[Act]:
    """Welcomes that stand where others read them."""
    rows = Welcome.objects.filter(topic__presence=Presence.HERE, topic__space__ask_team=False, by__standing__in=HERE)
    rows = _of(rows.exclude(reply__presence__in=(Presence.HIDDEN, Presence.WITHDRAWN)), "by", people)
    found = rows.order_by().values_list("by", "topic", "newcomer", "at", "topic__space", "topic__space__visibility")
    for person, topic, other, at, space, visibility in found.iterator():
        yield Act(person, ("talk.topic", topic), space, sphere(space, visibility), other, at)


def opened_by_rituals(people: Collection[int] | None) -> Iterator[Act]:
    """Topics of rituals in which somebody else than who keeps them replied."""
    came = Reply.objects.filter(topic=OuterRef("topic"), presence=Presence.HERE).exclude(
        author=OuterRef("ritual__kept_by")
    )
    rows = RitualTopic.objects.filter(
        Exists(came), topic__presence=Presence.HERE, topic__space__ask_team=False, ritual__kept_by__standing__in=HERE
    )
    found = _of(rows, "ritual__kept_by", people).order_by().values_list(
        "ritual__kept_by", "topic", "ritual", "instant", "topic__space", "topic__space__visibility"
    )  # fmt: skip
    for person, topic, ritual, at, space, visibility in found.iterator():
        yield Act(person, ("talk.topic", topic), space, sphere(space, visibility), ritual, at)


def _of(rows: Any, who: str, people: Collection[int] | None) -> Any:
    return rows if people is None else rows.filter(**{f"{who}__in": people})
