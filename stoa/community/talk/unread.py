"""What is new for one reader: the one place that says it, for lists, counts, topic pages and the home page.

A topic, and each reply in it, is new while its id lies beyond the greatest of: how far they read this topic, up to where they called
its space (or everything) read, and the moment when they came here. What they wrote themselves is never new, nor what people wrote
whom they blocked or muted, nor what was withdrawn or hidden, nor anything where they muted the topic or, following the topic no
otherwise, its space.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.standing_queries import standing
from stoa.community.talk.models import CaughtUp, Presence, Reply, Topic
from stoa.community.talk.models.reply import Replies
from stoa.community.talk.models.topic import Topics
from stoa.people.models import Follow

ENOUGH = 100  # counted no further: shown as 99+
LOOKED_AT = 1000  # topics that a list of new things looks through: those that moved last


class CountOf(Subquery):
    """How many rows its query has, which is no more than its slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def with_news(rows: Topics, actor: Actor) -> Topics:
    """Each topic with `read_to`, `unseen` (opened since, and not looked at yet), `news` (new replies, at most `ENOUGH`) and the
    reader's own `level` of following it. Asks no query more. A visitor's rows stay as they are."""
    if not actor.is_member:
        return rows
    rows = _with_place(rows, actor)
    silent = Q(level="mute")
    unseen = Q(id__gt=F("read_to")) & ~Q(author_id__in=_unheard(actor)) & ~silent
    counted = Case(When(silent, then=Value(0)), default=CountOf(_news(actor)[:ENOUGH]), output_field=IntegerField())
    return rows.annotate(news=counted, unseen=Case(When(unseen, then=Value(True)), default=Value(False)))


def only_news(rows: Topics, actor: Actor, kind: str = "") -> Topics:
    """Of the topics that moved last those with something new: `new` ones that they have not opened, `unread` ones in which they
    stopped before the end, or both."""
    if not actor.is_member:
        return rows.none()
    moved = rows.filter(bumped_at__gte=begun(actor)).newest().values("id")[:LOOKED_AT]
    found = _with_place(rows.filter(id__in=Subquery(moved)), actor).exclude(Q(level="mute"))
    unseen = Q(id__gt=F("read_to")) & ~Q(author_id__in=_unheard(actor))
    unread = Q(Exists(_news(actor)))
    if kind == "new":
        return found.filter(unseen)
    return found.filter(~unseen, unread) if kind == "unread" else found.filter(unseen | unread)


def news_by_space(actor: Actor) -> Counter[int]:
    """In how many topics of each space there is something new. One query."""
    return Counter(dict(standing(spaces_with_news, actor))) if actor.is_member else Counter()


def spaces_with_news(actor: Actor) -> QuerySet[Topic, Any]:
    """Each space with the number of its topics with something new: counted by the database, so that few rows are read."""
    found = only_news(Topic.objects.visible_to(actor).heard_by(actor).here(), actor).values("id")
    return Topic.objects.filter(id__in=found).values_list("space_id").annotate(Count("id")).order_by()


def news_in(topic: Topic, actor: Actor) -> Replies:
    """The new replies of a topic that `with_news` has drawn, in their order."""
    beyond = Reply.objects.visible_to(actor).filter(topic=topic, presence=Presence.HERE, id__gt=place_in(topic))
    return beyond.exclude(author_id__in=_unheard(actor)).in_order()


def place_in(topic: Topic) -> int:
    """The id up to which the reader has read, of a topic that `with_news` has drawn."""
    return int(vars(topic)["read_to"])


def begun(actor: Actor) -> datetime:
    """What is older than this was never new for them."""
    return actor.joined_at or clock.now()


def _with_place(rows: Topics, actor: Actor) -> Topics:
    everywhere_or_here = Q(space=None) | Q(space=OuterRef("space_id"))
    caught_up = CaughtUp.objects.visible_to(actor).filter(everywhere_or_here).order_by("-read_to").values("read_to")
    return rows.annotate(
        mine=FilteredRelation("progress", condition=Q(progress__person=actor.own_id)),
        level=Coalesce(
            Subquery(_level(actor, "talk.topic", "pk")), Subquery(_level(actor, "spaces.space", "space_id")),
            Value(""), output_field=CharField(),
        ),
        read_to=Greatest(
            Coalesce(F("mine__read_to"), Value(0)), Coalesce(Subquery(caught_up[:1]), Value(0)),
            Value(ids.at(begun(actor))), output_field=BigIntegerField(),
        ),
    )  # fmt: skip


def _level(actor: Actor, key: str, column: str) -> "QuerySet[Follow, Any]":
    return Follow.objects.filter(person=actor.own_id, thing_key=key, thing_id=OuterRef(column)).values("level")


def _news(actor: Actor) -> Replies:
    """The new replies of the row outside."""
    beyond = Reply.objects.filter(topic=OuterRef("pk"), presence=Presence.HERE, id__gt=OuterRef("read_to"))
    return beyond.exclude(author_id__in=_unheard(actor)).order_by().values("id")  # type: ignore[return-value]


def _unheard(actor: Actor) -> list[int]:
    """Whose words are never new for them: their own, and those of people whom they blocked or muted."""
    return [actor.own_id, *sorted(actor.blocked)]
