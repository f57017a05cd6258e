"""Counting trust anew: for those who were here since they were counted last, and once a day for those whose level can be lost."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, TruncDate

from stoa.base import clock, options
from stoa.base.actors import Actor
from stoa.community.talk.counting_trust import counts_of, there_is
from stoa.community.talk.levels import GRACE_DAYS, Counts, Line, earned, lines
from stoa.community.talk.models import DayHere, Reply, TrustCount
from stoa.people.actions.standing import set_level
from stoa.people.models import Person
from stoa.people.models.level import HIGHEST_EARNED

BATCH, BATCHES = 200, 25
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def count_levels(*, by: Actor) -> int:
    """Says how many people were counted. Bounded: whoever is left is counted by the next run, longest uncounted first."""
    now, values, counted = clock.now(), options.values(), 0
    there = there_is(now)
    for _number in range(BATCHES):
        people = list(_to_count(now)[:BATCH])
        _keep_days_of_writing(people)
        counts = counts_of([each.id for each in people], now)
        for person in people:
            _settle(person, counts[person.id], values, there, now, by)
        counted += len(people)
        if len(people) < BATCH:
            break
    return counted


def _to_count(now: datetime) -> "Any":
    since = F("trust_count__counted_at")
    read = DayHere.objects.filter(person=OuterRef("pk"), at__gt=OuterRef("since"))
    wrote = Reply.objects.filter(author=OuterRef("pk"), added_at__gt=OuterRef("since"))
    never = Value(LONG_AGO, output_field=DateTimeField())
    people = Person.objects.filter(standing="member", level__lte=HIGHEST_EARNED, level_lock=None)
    can_be_lost = Q(level=HIGHEST_EARNED, since__lte=now - timedelta(days=1))
    return (
        people.annotate(since=Coalesce(since, never))
        .filter(Q(Exists(read)) | Q(Exists(wrote)) | can_be_lost)
        .select_related("trust_count")
        .order_by("since", "id")
    )


def _keep_days_of_writing(people: Sequence[Person]) -> None:
    """Who writes is here, with or without a script that says how far they read; not with what they wrote before they joined."""
    never = Value(LONG_AGO, output_field=DateTimeField())
    since = Coalesce(F("author__trust_count__counted_at"), never)
    wrote = Reply.objects.filter(author__in=people).alias(since=since)
    wrote = wrote.filter(added_at__gt=F("since"), added_at__gte=F("author__joined_at"))
    days = wrote.annotate(day=TruncDate("added_at")).order_by().values_list("author_id", "day").distinct()
    rows = [DayHere(person_id=person_id, day=day, at=LONG_AGO) for person_id, day in days]
    DayHere.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _settle(person: Person, counts: Counts, values: Any, there: Counts, now: datetime, by: Actor) -> None:
    level = earned(counts, values, there)
    missing = _missing_since(person, counts, values, there, now)
    if level > person.level:
        set_level(person, level, by=by)
        missing = None
    elif missing is not None and _is_over(missing, lines(HIGHEST_EARNED, counts, values, there), values, now):
        set_level(person, max(level, HIGHEST_EARNED - 1), by=by)
        missing = None
    TrustCount.objects.update_or_create(person=person, defaults={"counted_at": now, "missing_since": missing})


def _missing_since(person: Person, counts: Counts, values: Any, there: Counts, now: datetime) -> datetime | None:
    """Since when somebody of level 3 lacks what keeps it; None where they do not."""
    if person.level != HIGHEST_EARNED or all(line.is_kept for line in lines(HIGHEST_EARNED, counts, values, there)):
        return None
    before = TrustCount.objects.filter(person=person).values_list("missing_since", flat=True).first()
    return before or now


def _is_over(missing: datetime, asked: Sequence[Line], values: Any, now: datetime) -> bool:
    """The grace is over; what was decided against somebody knows none."""
    beyond = any(line.requirement.is_limit and not line.is_met for line in asked)
    return beyond or now - missing >= timedelta(days=values[GRACE_DAYS.key])
