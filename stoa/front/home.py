"""What the home page reads: who is here and what they help with, what is being talked about, what joining asks. Everything is found
through `visible_to`; what is not there yet is left out, never made up.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.moments import lasting
from stoa.base.standing_queries import padded, standing
from stoa.base.text import excerpt
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.models.topic import Topics
from stoa.community.talk.unread import with_news
from stoa.front.around import Around, How, around, how_we_are
from stoa.people.desk import questions
from stoa.people.models import Follow, Person, purpose
from stoa.spaces.models import Space

FACES, TOPICS = 6, 3
LATELY = timedelta(days=30)
NEW_HERE = timedelta(days=30)
ENOUGH_ANSWERS = 5
LIVELY, MOST = 40, 300  # topics and answers that are looked at: enough to tell who helps lately
TOLD_BY = 30  # of those topics, how many tell
FIRST_HERE = 200  # people among whom somebody is looked for while nobody has answered


@dataclass(frozen=True)
class Face:
    """Somebody with what they help with, and how soon they usually answer ("" while too few answers tell)."""

    person: Person
    pace: str


@dataclass(frozen=True)
class Talk:
    """A topic with its first line, and who answered it first after how long."""

    topic: Topic
    line: str
    by_newcomer: bool
    answered: str


@dataclass(frozen=True)
class Front:
    """What a visitor sees of this place."""

    purpose: str
    faces: list[Face]
    talks: list[Talk]
    asked: list[str]
    around: Around
    how: How | None

    @property
    def is_bare(self) -> bool:
        return not (self.faces or self.talks)


def front(actor: Actor) -> Front:
    """Some twenty queries, whatever there is; a visitor's page is kept."""
    asked = [label for _question, label, _hint in questions(actor)]
    return Front(purpose(), faces(actor), talks(actor), asked, around(actor), how_we_are(actor))


def faces(actor: Actor) -> list[Face]:
    """Those who answered most lately among those who show themselves and say what they help with; three queries."""
    waits = _waits(actor)
    people = list(
        standing(helping, actor, ("answered",), of=padded(list(waits)))
        if waits
        else standing(helping, actor, ("",), of=[])
    )
    people.sort(key=lambda person: (person.portrait_id is None, -len(waits.get(person.id, ())), person.id))
    return [Face(person, _pace(waits.get(person.id, []))) for person in people[:FACES]]


def helping(actor: Actor, whose: str, of: list[int]) -> QuerySet[Person]:
    """Those who show themselves and say what they help with: of these people, or whoever came first."""
    shown = Person.objects.visible_to(actor).filter(standing="member").exclude(helps_with="")
    shown = shown.exclude(id__in=sorted(actor.blocked)).order_by("id")
    if whose:
        return shown.filter(id__in=of)
    return shown.filter(id__in=Subquery(Person.objects.order_by("id").values("id")[:FIRST_HERE]))[:FACES]


def _waits(actor: Actor) -> dict[int, list[timedelta]]:
    """By person, how long after the opening each of their answers came, in the topics of the last thirty days among those that were
    talked about last."""
    since = clock.now() - LATELY
    opened_at = dict([(topic, opened) for topic, opened in standing(lively, actor) if opened > since][:TOLD_BY])
    waits: dict[int, list[timedelta]] = {}
    for author, topic, added in standing(answers_in, actor, topics=padded(list(opened_at))) if opened_at else ():
        waits.setdefault(author, []).append(added - opened_at[topic])
    return waits


def lively(actor: Actor) -> QuerySet[Topic, Any]:
    """The topics that were talked about last, each with when it was opened."""
    rows = Topic.objects.visible_to(actor).here().newest()
    return rows.values_list("id", "opened_at")[:LIVELY]


def answers_in(actor: Actor, topics: list[int]) -> QuerySet[Reply, Any]:
    """Who of those who say what they help with answered there when, somebody else than who asked; the latest first."""
    rows = Reply.objects.visible_to(actor).filter(topic_id__in=topics).exclude(author=F("topic__author"))
    rows = rows.exclude(author__helps_with="")
    return rows.order_by("-id").values_list("author_id", "topic_id", "added_at")[:MOST]


def _pace(waits: list[timedelta]) -> str:
    """The middle of those waits in words."""
    if len(waits) < ENOUGH_ANSWERS:
        return ""
    wait = sorted(waits)[len(waits) // 2]
    if wait <= timedelta(hours=1):
        return _("usually answers within the hour")
    if wait <= timedelta(hours=24):
        return _("usually answers the same day")
    return ngettext("usually answers within a day", "usually answers within %(num)s days", wait.days + 1) % {
        "num": wait.days + 1
    }


def talks(actor: Actor) -> list[Talk]:
    """Three topics that are being talked about and were answered, one of them a newcomer's when there is one lately; three queries."""
    answered = list(standing(answered_last, actor))
    new = next((topic for topic, opened, joined in answered if opened < joined + NEW_HERE), None)
    chosen = [topic for topic, _opened, _joined in answered if topic != new]
    chosen = chosen[: TOPICS - (new is not None)] + ([new] if new is not None else [])
    if not chosen:
        return []
    topics = {topic.id: topic for topic in standing(these, actor, topics=padded(chosen))}
    names = dict(standing(who_answered, topics=padded(chosen)))
    return [_talk(topics[number], number == new, names) for number in chosen if number in topics]


def answered_last(actor: Actor) -> QuerySet[Topic, Any]:
    """The topics that were answered and talked about last, each with when it was opened and when its author came."""
    rows = Topic.objects.visible_to(actor).heard_by(actor).here().filter(answered_at__isnull=False).newest()
    return rows.values_list("id", "opened_at", "author__joined_at")[:LIVELY]


def these(actor: Actor, topics: list[int]) -> QuerySet[Topic]:
    return Topic.objects.visible_to(actor).filter(id__in=topics).for_cards().order_by()


def who_answered(topics: list[int]) -> QuerySet[Reply, Any]:
    """Who answered each of these first."""
    rows = Reply.objects.filter(topic_id__in=topics, presence="here").exclude(author=F("topic__author"))
    return rows.filter(added_at=F("topic__answered_at")).order_by("-id").values_list("topic_id", "author__name")


def _talk(topic: Topic, by_newcomer: bool, names: dict[int, str]) -> Talk:
    long = lasting((topic.answered_at or topic.opened_at) - topic.opened_at)
    told = _("answered after %(long)s by %(name)s") % {"long": long, "name": names.get(topic.id, "")}
    return Talk(topic, excerpt(topic.html, 140), by_newcomer, told if topic.id in names else "")


def followed(actor: Actor) -> Q:
    """Topics that the actor follows or watches, or whose space or author."""
    mine = Follow.objects.visible_to(actor).filter(level__in=("watch", "follow"))
    things = {
        key: mine.filter(thing_key=key).values("thing_id") for key in ("talk.topic", "spaces.space", "people.person")
    }
    return Q(id__in=things["talk.topic"]) | Q(space__in=things["spaces.space"]) | Q(author__in=things["people.person"])


@dataclass(frozen=True)
class Own:
    """What a member comes home to."""

    topics: list[Topic]
    may_help: list[Topic]
    spaces: list[Space]
    around: Around

    @property
    def parts(self) -> list[tuple[str, list[Space]]]:
        """One's spaces by heading, in their order; "" where they stand under none."""
        return [
            (rows[0].heading.title if rows[0].heading else "", rows)
            for _key, found in groupby(self.spaces, lambda space: space.heading_id)
            if (rows := list(found))
        ]


def own(actor: Actor) -> Own:
    """New in one's spaces, questions that wait where one helps, one's spaces; eight queries."""
    spaces = list(standing(joined, actor))
    topics = list(standing(moving, actor, spaces=padded([space.id for space in spaces])))
    words = {word.strip() for (said,) in standing(helps_with, actor) for word in said.split(",") if word.strip()}
    near = [space.id for space in spaces if words & set(space.interests)]
    return Own(topics, list(standing(waiting, actor, spaces=padded(near))) if near else [], spaces, around(actor))


def joined(actor: Actor) -> QuerySet[Space]:
    """One's own spaces, as they stand under their headings."""
    place = F("heading__place").asc(nulls_first=True)
    return Space.objects.joined_by(actor).living().select_related("heading").order_by(place, "heading_id", "name", "id")


def moving(actor: Actor, spaces: list[int]) -> Topics:
    """What moved last in these spaces and in what one follows, but for what one said last oneself."""
    seen = Topic.objects.visible_to(actor).heard_by(actor).here().for_lines()
    told_oneself = Q(author_id=actor.own_id) & (Q(last_reply_by=None) | Q(last_reply_by_id=actor.own_id))
    near = with_news(seen.filter(Q(space_id__in=spaces) | followed(actor)), actor).exclude(Q(level="mute"))
    return near.exclude(told_oneself).newest()[:8]


def helps_with(actor: Actor) -> QuerySet[Person, Any]:
    return Person.objects.filter(id=actor.own_id).values_list("helps_with").order_by()


def waiting(actor: Actor, spaces: list[int]) -> Topics:
    """What waits there for an answer by somebody else, the longest first."""
    seen = Topic.objects.visible_to(actor).heard_by(actor).here().for_lines()
    rows = seen.filter(space_id__in=spaces, closed_at=None).exclude(author_id=actor.own_id).unanswered()
    return rows.order_by("opened_at", "id")[:4]
