"""Who joined, and how far each came: one query, counted by the database.

A join is the fact that somebody went through the door: it stays counted when they leave. Words count in spaces that every member may
read, unless a decision hid them. An answer is a reply of somebody else to such words. Activity is any fact of a person's own doing,
outside closed spaces.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from stoa.base.models import FactRow
from stoa.base.standing_queries import padded, standing
from stoa.community.talk.models import Presence, Reply, Topic
from stoa.measure.days import OLD_ENOUGH, WEEK, Days
from stoa.measure.formulas.retention import STAY
from stoa.measure.readers.touches import first_link, last_link
from stoa.people.facts import PersonErased, PersonJoined
from stoa.spaces.models import Space

OPEN = ("public", "members")
TOUCHES = {"first": first_link, "last": last_link}


@dataclass(frozen=True)
class Came:
    """So many people (`n`) joined on `day` by the link with this code (empty: unknown), and came equally far."""

    day: date
    via: str
    wrote: bool
    answered: bool
    here: bool
    n: int


def came(days: Days, *, touch: str = "last") -> Iterator[Came]:
    """The people who joined in these days, counted by day, link and how far they came. What is too young to be judged is False."""
    zone = ZoneInfo(days.zone)
    people = _journeys(days).annotate(via=TOUCHES[touch](), day=TruncDate("at", tzinfo=zone))
    rows = people.values("day", "via", "wrote", "answered", "here").annotate(n=Count("id")).order_by()
    for row in rows:
        yield Came(row["day"], row["via"] or "", row["wrote"], row["answered"], row["here"], row["n"])


def ways_in(days: Days, *, touch: str) -> dict[str, int]:
    """Code of the link (empty: unknown) → how many of these people are owed to it."""
    rows = joins(days).annotate(via=TOUCHES[touch]()).values("via").annotate(n=Count("id")).order_by()
    ways: dict[str, int] = {}
    for row in rows:
        ways[row["via"] or ""] = ways.get(row["via"] or "", 0) + row["n"]
    return ways


def joins(days: Days) -> QuerySet[FactRow]:
    """One row for each confirmed join; `about_id` is the person."""
    period = days.period
    return FactRow.objects.filter(name=PersonJoined.name, at__gte=period.start, at__lt=period.end)


def _journeys(days: Days) -> QuerySet[FactRow]:
    def later(length: timedelta) -> ExpressionWrapper[Any]:
        return ExpressionWrapper(F("at") + length, output_field=DateTimeField())

    people = joins(days).annotate(week=later(WEEK), month=later(STAY), late=later(OLD_ENOUGH))
    return people.annotate(
        wrote=_any(Exists(_topics()) | Exists(_replies())),
        answered=_any(Exists(_answers_to_topics()) | Exists(_answers_to_replies())),
        here=_any(Exists(_activity())),
    )


def _any(found: Any) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(found, output_field=BooleanField())


def _topics() -> QuerySet[Topic]:
    mine = Topic.objects.filter(author=OuterRef("about_id"), space__visibility__in=OPEN)
    return mine.filter(opened_at__gte=OuterRef("at"), opened_at__lt=OuterRef("week")).exclude(presence=Presence.HIDDEN)


def _replies() -> QuerySet[Reply]:
    mine = Reply.objects.filter(author=OuterRef("about_id"), topic__space__visibility__in=OPEN)
    return mine.filter(added_at__gte=OuterRef("at"), added_at__lt=OuterRef("week")).exclude(presence=Presence.HIDDEN)


def _answers() -> QuerySet[Reply]:
    others = Reply.objects.filter(~Q(author=OuterRef("about_id")), topic__space__visibility__in=OPEN)
    return others.filter(added_at__lt=OuterRef("week")).exclude(presence=Presence.HIDDEN)


def _answers_to_topics() -> QuerySet[Reply]:
    to_mine = _answers().filter(topic__author=OuterRef("about_id"), topic__opened_at__gte=OuterRef("at"))
    return to_mine.exclude(topic__presence=Presence.HIDDEN)


def _answers_to_replies() -> QuerySet[Reply]:
    to_mine = _answers().filter(answers__author=OuterRef("about_id"), answers__added_at__gte=OuterRef("at"))
    return to_mine.filter(~Q(answers__presence=Presence.HIDDEN))


def _activity() -> QuerySet[FactRow]:
    done = FactRow.objects.filter(by_id=OuterRef("about_id"), at__gte=OuterRef("month"), at__lt=OuterRef("late"))
    closed = list(Space.objects.exclude(visibility__in=OPEN).values_list("id", flat=True))
    in_none = Q(content__space__isnull=True) | Q(content__space=None)
    return done.filter(in_none | ~Q(content__space__in=closed)).exclude(name=PersonErased.name)


def joined_at(people: Collection[int]) -> dict[int, datetime]:
    """When these people joined, as far as they did."""
    rows = standing(joins_of, people=padded(sorted(people))) if people else ()
    return {person: at for person, at in rows if person is not None}


def joins_of(people: list[int]) -> "QuerySet[FactRow, Any]":
    return (
        FactRow.objects.filter(name=PersonJoined.name, about_id__in=people).order_by("id").values_list("about_id", "at")
    )
