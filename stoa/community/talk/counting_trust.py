"""What somebody has of all that trust is counted from: a fixed number of queries for any number of people. Only what happened since they
joined: what was written, thanked or decided before, where they lived then, is no trust of this community (docs/decisions/29)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from stoa.base import ids
from stoa.community.talk.facts import SignKey
from stoa.community.talk.levels import LATELY, SUSPENDED_LATELY, Counts
from stoa.community.talk.models import DayHere, Mark, Presence, Reply, Topic
from stoa.moderation.models import Decision, Restriction

HELPS = (SignKey.THANKS.value, SignKey.HELPFUL.value)
Thanks = tuple[int, int, date]  # to whom, from whom, on which day

Found = dict[int, dict[str, int]]


def there_is(now: datetime) -> Counts:
    """What every member could read: in all, and lately. Nothing of closed spaces, whose size is nobody else's to know. Two queries."""
    since = ids.at(now - LATELY)
    open_to_all = Topic.objects.here().filter(space__visibility__in=("public", "members"), space__ask_team=False)
    topics = open_to_all.aggregate(
        all=Count("id"), lately=Count("id", filter=Q(id__gt=since)), replies=Sum("replies_count")
    )
    replies = Reply.objects.filter(id__gt=since, presence=Presence.HERE, topic__in=open_to_all).count()
    return {
        "topics": topics["all"], "lately_topics": topics["lately"], "replies": topics["replies"] or 0, "lately_replies": replies,
    }  # fmt: skip


def counts_of(person_ids: Collection[int], now: datetime) -> Found:
    """The counts of each of these people. Eleven queries."""
    found: Found = {number: defaultdict(int) for number in person_ids}
    since = now - LATELY
    _add_reading(found, since)
    _add_replies(found, since)
    _add_thanks_given(found, since)
    _add_thanks_received(found, since)
    _add_judgements(found, now)
    return found


def _add_reading(found: Found, since: datetime) -> None:
    lately = Q(day__gt=since.date())
    rows = DayHere.objects.filter(person__in=found).order_by().values("person_id").annotate(
        days=Count("id"), read=Sum("replies"), entered=Sum("topics"), seconds=Sum("seconds"),
        lately_days=Count("id", filter=lately), lately_read=Sum("replies", filter=lately),
        lately_entered=Sum("topics", filter=lately),
    )  # fmt: skip
    for row in rows:
        found[row["person_id"]].update(
            days_here=row["days"], replies_read=row["read"], topics_entered=row["entered"],
            minutes_read=row["seconds"] // 60, lately_days=row["lately_days"],
            lately_replies=row["lately_read"] or 0, lately_topics=row["lately_entered"] or 0,
        )  # fmt: skip


def _add_replies(found: Found, since: datetime) -> None:
    """In how many topics of others they replied."""
    rows = Reply.objects.filter(author__in=found, presence=Presence.HERE, added_at__gte=F("author__joined_at"))
    rows = rows.exclude(topic__author=F("author"))
    grouped = rows.order_by().values("author_id").annotate(
        all=Count("topic", distinct=True), lately=Count("topic", distinct=True, filter=Q(added_at__gt=since))
    )  # fmt: skip
    for row in grouped:
        found[row["author_id"]].update(topics_answered=row["all"], lately_answered=row["lately"])


def _add_thanks_given(found: Found, since: datetime) -> None:
    since_joining = Mark.objects.filter(person__in=found, sign__in=HELPS, at__gte=F("person__joined_at"))
    rows = since_joining.order_by().values("person_id")
    for row in rows.annotate(all=Count("id"), lately=Count("id", filter=Q(at__gt=since))):
        found[row["person_id"]].update(thanks_given=row["all"], lately_thanks_given=row["lately"])


def _add_thanks_received(found: Found, since: datetime) -> None:
    """Signs left by others under what they wrote, and their answers that were accepted by who asked."""
    recent: dict[int, list[Thanks]] = defaultdict(list)
    for rows, to, at in _thanks(found):
        for row in rows.values(to).annotate(all=Count("id")):
            found[row[to]]["thanks_received"] += row["all"]
        giver = "author_id" if to == "accepted__author_id" else "person_id"
        lately = rows.filter(**{f"{at}__gt": since}).annotate(day=TruncDate(at))
        for person_id, by, day in lately.values_list(to, giver, "day"):
            recent[person_id].append((person_id, by, day))
    for person_id, thanks in recent.items():
        found[person_id].update(
            lately_thanks_received=len(thanks),
            lately_thankers=len({by for _to, by, _day in thanks}),
            lately_thanked_days=len({day for _to, _by, day in thanks}),
        )


def _thanks(found: Iterable[int]) -> "list[tuple[QuerySet[Mark] | QuerySet[Topic], str, str]]":
    """Rows of thanks with where they name whom they go to, and when."""
    people = list(found)
    marks = Mark.objects.filter(sign__in=HELPS).order_by()
    accepted = Topic.objects.filter(accepted__author__in=people, accepted__presence=Presence.HERE).order_by()
    return [
        (marks.filter(reply__author__in=people, at__gte=F("reply__author__joined_at")), "reply__author_id", "at"),
        (
            marks.filter(reply=None, topic__author__in=people, at__gte=F("topic__author__joined_at")),
            "topic__author_id",
            "at",
        ),
        (
            accepted.exclude(author=F("accepted__author")).filter(
                accepted__added_at__gte=F("accepted__author__joined_at")
            ),
            "accepted__author_id",
            "accepted__added_at",
        ),
    ]


def _add_judgements(found: Found, now: datetime) -> None:
    """Decisions that restricted something, but for those that an appeal undid."""
    stand = Decision.objects.exclude(outcome="keep").exclude(appeal__ruling__upheld=True)
    lately = stand.filter(case__author__in=found, at__gt=now - LATELY, at__gte=F("case__author__joined_at"))
    grouped = lately.order_by().values("case__author_id")
    for author_id, count in grouped.annotate(all=Count("id")).values_list("case__author_id", "all"):
        found[author_id]["decisions"] = count
    held = Restriction.objects.filter(person__in=found, starts_at__gt=now - SUSPENDED_LATELY)
    held = held.exclude(decision__appeal__ruling__upheld=True)
    for person_id, count in (
        held.order_by().values("person_id").annotate(all=Count("id")).values_list("person_id", "all")
    ):
        found[person_id]["suspensions"] = count
