"""What must fit in talk: a topic's counters, and the search's documents of what is here."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Coalesce

from stoa.base.models import Hearing, SearchDocument
from stoa.community.talk import check_direct
from stoa.community.talk.actions.badges import apart
from stoa.community.talk.badges import earned
from stoa.community.talk.facts import BadgeKey
from stoa.community.talk.finding import audience_of, facets_of
from stoa.community.talk.models import (
    Badge,
    Ballot,
    IdeaVote,
    PlannedTopic,
    PollOption,
    Presence,
    Progress,
    Reply,
    Ritual,
    Topic,
    TopicTag,
)

TOLD = (
    BadgeKey.SETTLED_FIRST,
    BadgeKey.SETTLED_TEN,
    BadgeKey.WITHIN_A_DAY,
    BadgeKey.WELCOMED_TEN,
)  # of which a fact tells


def check() -> Iterator[str]:
    yield from _counters()
    ahead = Progress.objects.filter(read_to__lt=F("topic_id")).count()
    if ahead:
        yield f"{ahead} people have read a topic to before its beginning"
    astray = Topic.objects.exclude(accepted=None).exclude(accepted__topic=F("id"))
    if count := astray.count():
        yield f"{count} topics were settled by a reply of another topic"
    yield from _votes()
    yield from _tags()
    yield from check_direct.check()
    yield from _badges()
    yield from _plans()
    topics = Topic.objects.here().exclude(author__standing="erased").select_related("space")  # those are empty places
    yield from _documents("talk.topic", topics, lambda topic: topic.space)
    yield from _facets(topics)
    replies = Reply.objects.filter(presence=Presence.HERE, topic__presence=Presence.HERE)
    yield from _documents("talk.reply", replies.select_related("topic__space"), lambda reply: reply.topic.space)


def _badges() -> Iterator[str]:
    """Each badge stands on what stands here. What only a day's count can give may be missing until then."""
    kept = list(Badge.objects.earned().prefetch_related("evidence"))
    if count := Badge.objects.given().filter(name="").count():
        yield f"{count} badges that were given have no name"
    if Hearing.objects.filter(subscriber__startswith="talk.badges").exists():
        return  # the worker has yet to hear of what they stand on
    counted = earned()
    wrong = [slot for slot in apart(counted, kept) if slot not in counted or slot[1] in TOLD]
    if wrong:
        yield f"{len(wrong)} badges are not what stands here says"


def _plans() -> Iterator[str]:
    """What waits has an hour, what does not has none; what became part of another topic holds nothing any more."""
    waiting = Q(state=PlannedTopic.State.WAITING)
    if count := PlannedTopic.objects.exclude(waiting & Q(due_at__isnull=False) | ~waiting & Q(due_at=None)).count():
        yield f"{count} planned topics wait for no hour, or are held and have one"
    running = Q(state=Ritual.State.RUNNING)
    if count := Ritual.objects.exclude(running & Q(due_at__isnull=False) | ~running & Q(due_at=None)).count():
        yield f"{count} rituals run without a next time, or rest with one"
    merged = Topic.objects.exclude(merged_into=None)
    left = merged.exclude(replies=None) | merged.exclude(marks=None) | merged.exclude(presence=Presence.MERGED)
    if count := left.distinct().count():
        yield f"{count} topics became part of another one and still hold something"


def _counters() -> Iterator[str]:
    """As counted anew from the replies that are here."""
    here = Q(replies__presence=Presence.HERE)
    counted = Topic.objects.annotate(
        count=Count("replies", filter=here),
        bumped=Coalesce(Max("replies__added_at", filter=here), F("opened_at")),
        first=Min("replies__added_at", filter=here & ~Q(replies__author=F("author"))),
    )
    wrong = counted.exclude(replies_count=F("count"), bumped_at=F("bumped")) | counted.exclude(
        Q(answered_at=F("first")) | Q(answered_at=None, first=None)
    )
    for topic in wrong[:20]:
        yield f"topic {topic.id} has counters that its replies do not have"


def _facets(topics: Any) -> Iterator[str]:
    held = dict(SearchDocument.objects.filter(thing_key="talk.topic").values_list("thing_id", "facets"))
    wrong = [row for row in topics.iterator(2000) if set(held.get(row.id, "").split()) != facets_of(row)]
    if wrong:
        yield f"{len(wrong)} topics are narrowed in the search to what they are not"


def _votes() -> Iterator[str]:
    """Votes for ideas, ballots, and what each option was chosen."""
    votes = dict(IdeaVote.objects.values_list("topic").annotate(Count("id")).order_by())
    votes |= dict(Ballot.objects.values_list("poll__topic").annotate(Count("id")).order_by())
    for topic in Topic.objects.filter(kind__in=("idea", "poll")) | Topic.objects.filter(votes_count__gt=0):
        if topic.votes_count != votes.get(topic.id, 0):
            yield f"topic {topic.id} counts {topic.votes_count} votes and has {votes.get(topic.id, 0)}"
    chosen = Counter(option for row in Ballot.objects.values_list("chosen", flat=True) for option in row)
    for option in PollOption.objects.iterator():
        if option.votes_count != chosen[option.id]:
            yield f"option {option.id} counts {option.votes_count} votes and has {chosen[option.id]}"


def _tags() -> Iterator[str]:
    """What lists show of tags is what is found by them."""
    held: dict[int, set[str]] = defaultdict(set)
    for topic_id, name in TopicTag.objects.values_list("topic", "name"):
        held[topic_id].add(name)
    shown = dict(Topic.objects.exclude(tagged="").values_list("id", "tagged"))
    if wrong := [each for each in held.keys() | shown.keys() if held[each] != set(shown.get(each, "").split())]:
        yield f"{len(wrong)} topics show other tags than they are found by"


def _documents(key: str, rows: Any, space: Any) -> Iterator[str]:
    """Each row that is here is found, by those who may read its space, and nothing else is."""
    found = dict(SearchDocument.objects.filter(thing_key=key).values_list("thing_id", "audience"))
    missing = wider = 0
    for row in rows.iterator(2000):
        audience = found.pop(row.id, None)
        missing += audience is None
        wider += audience is not None and audience != audience_of(space(row))
    for count, told in ((missing, "are not in the search"), (wider, "are found by others than who may read them")):
        if count:
            yield f"{count} of {key} {told}"
    if found:
        yield f"the search holds {len(found)} of {key} that are not here"
