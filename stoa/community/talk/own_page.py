"""Somebody's own page: what became of what they asked and proposed, whom they met, whom they helped. Each list a few rows with a way on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, Q

from stoa.base import cursors, ids
from stoa.base.actors import Actor
from stoa.community.talk.counting_trust import HELPS
from stoa.community.talk.models import Introduction, Presence, Reply, Topic
from stoa.community.talk.models.reply import Replies
from stoa.people.models import Person

FEW, PAGE = 5, 30


@dataclass(frozen=True)
class Met:
    """Somebody, how often they and this person answered, and the interest that an introduction named."""

    person: Person
    times: int = 0
    interest: str = ""


@dataclass(frozen=True)
class Part:
    """One list: topics, people or replies of one's own. `next` is what to ask for with `before=`, or empty."""

    key: str
    topics: list[Topic] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    next: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.topics or self.met or self.replies)


def overview(actor: Actor) -> list[Part]:
    """A few rows of every list. A fixed number of queries."""
    return [part(actor, each, size=FEW) for each in PARTS]


def part(actor: Actor, key: str, before: str = "", size: int = PAGE) -> Part:
    """One page of one of `PARTS`."""
    return PARTS[key](actor, key, before, size)


def _topics(actor: Actor, key: str, before: str, size: int) -> Part:
    """What one asked, or proposed, the latest first."""
    own = Topic.objects.visible_to(actor).filter(author_id=actor.own_id, kind=KINDS[key]).here().for_cards()
    found = cursors.page(own, "opened_at", before, size=size)
    return Part(key, topics=found.rows, next=found.next)


def _helped(actor: Actor, key: str, before: str, size: int) -> Part:
    """One's replies that settled something, or for which somebody gave thanks or called them helpful."""
    thanked = Count("marks", filter=Q(marks__sign__in=HELPS))
    own = Reply.objects.visible_to(actor).filter(author_id=actor.own_id, presence=Presence.HERE)
    helped = own.annotate(thanked=thanked).filter(Q(thanked__gt=0) | Q(topic__accepted=F("id")))
    found = cursors.page(helped.select_related("topic__author", "topic__space"), "added_at", before, size=size)
    return Part(key, replies=found.rows, next=found.next)


def _answered_me(actor: Actor, key: str, before: str, size: int) -> Part:
    in_own = _heard(actor).filter(topic__author_id=actor.own_id)
    return _people(actor, key, in_own.exclude(author_id=actor.own_id), "author_id", before, size)


def _i_answered(actor: Actor, key: str, before: str, size: int) -> Part:
    own = _heard(actor).filter(author_id=actor.own_id).exclude(topic__author_id=actor.own_id)
    return _people(actor, key, own, "topic__author_id", before, size)


def _heard(actor: Actor) -> Replies:
    return Reply.objects.visible_to(actor).filter(presence=Presence.HERE)


def _people(actor: Actor, key: str, rows: Replies, whom: str, before: str, size: int) -> Part:
    """Those whom these replies name, who spoke last first. Two queries."""
    seen = rows.filter(**{f"{whom.removesuffix('_id')}__in": Person.objects.visible_to(actor)})
    seen = seen.exclude(**{f"{whom}__in": sorted(actor.blocked)}) if actor.blocked else seen
    grouped: Any = seen.order_by().values(whom).annotate(last=Max("id"), times=Count("id"))
    if place := ids.read(before):
        grouped = grouped.filter(last__lt=place)
    found = list(grouped.order_by("-last")[: size + 1])
    people = Person.objects.in_bulk([row[whom] for row in found[:size]])
    following = ids.shown(found[size - 1]["last"]) if len(found) > size else ""
    return Part(key, met=[Met(people[row[whom]], row["times"]) for row in found[:size]], next=following)


def _introduced(actor: Actor, key: str, before: str, size: int) -> Part:
    """Whom the team brought together with them. Two people are introduced once."""
    own = Introduction.objects.filter(Q(newcomer_id=actor.own_id) | Q(welcomer_id=actor.own_id))
    seen = Person.objects.visible_to(actor).exclude(id__in=sorted(actor.blocked))
    shown = own.filter(newcomer__in=seen, welcomer__in=seen).select_related("newcomer", "welcomer")
    found = cursors.page(shown, "made_at", before, size=size)
    others = [(row.welcomer if row.newcomer_id == actor.own_id else row.newcomer, row.interest) for row in found.rows]
    return Part(key, met=[Met(person, interest=interest) for person, interest in others], next=found.next)


KINDS = {"questions": Topic.Kind.QUESTION, "ideas": Topic.Kind.IDEA}
PARTS: dict[str, Callable[[Actor, str, str, int], Part]] = {
    "questions": _topics,
    "ideas": _topics,
    "helped": _helped,
    "answered_me": _answered_me,
    "i_answered": _i_answered,
    "introduced": _introduced,
}
