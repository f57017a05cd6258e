"""What the home page reads: who is here and what they help with, what is being talked about, what joining asks. Everything is found
through `visible_to`; what is not there yet is left out, never made up.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.moments import lasting
from stoa.base.text import excerpt
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.unread import with_news
from stoa.front.around import Around, How, around, how_we_are
from stoa.people.desk import questions
from stoa.people.models import Follow, Person, purpose
from stoa.spaces.models import Space

FACES, TOPICS = 6, 3
LATELY = timedelta(days=30)
NEW_HERE = timedelta(days=30)
ENOUGH_ANSWERS = 5
LIVELY, MOST = 60, 500  # topics and answers that are looked at: enough to tell who helps lately


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
    shown = Person.objects.visible_to(actor).filter(standing="member").exclude(helps_with="")
    shown = shown.exclude(id__in=actor.blocked)
    people = list(shown.filter(id__in=waits)) if waits else list(shown.order_by("id")[:FACES])
    people.sort(key=lambda person: (person.portrait_id is None, -len(waits.get(person.id, ())), person.id))
    return [Face(person, _pace(waits.get(person.id, []))) for person in people[:FACES]]


def _waits(actor: Actor) -> dict[int, list[timedelta]]:
    """By person, how long after the opening each of their answers came, in the topics of the last thirty days that were talked about
    last."""
    since = ids.at(clock.now() - LATELY)
    lively = Topic.objects.visible_to(actor).filter(id__gt=since).here().newest().values_list("id", flat=True)[:LIVELY]
    rows = Reply.objects.visible_to(actor).filter(topic_id__in=list(lively)).exclude(author=F("topic__author"))
    waits: dict[int, list[timedelta]] = {}
    for author, added, opened in rows.order_by("-id").values_list("author_id", "added_at", "topic__opened_at")[:MOST]:
        waits.setdefault(author, []).append(added - opened)
    return waits


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
    """Three topics that are being talked about and were answered, one of them a newcomer's when there is one lately; two queries."""
    rows = Topic.objects.visible_to(actor).heard_by(actor).here().filter(answered_at__isnull=False).newest().for_cards()
    answered = list(rows[:LIVELY])
    new = next((topic for topic in answered if topic.opened_at < topic.author.joined_at + NEW_HERE), None)
    chosen = [topic for topic in answered if new is None or topic.id != new.id]
    chosen = chosen[: TOPICS - (new is not None)] + ([new] if new else [])
    return [
        _talk(topic, new is not None and topic.id == new.id, names) for names in [_first(chosen)] for topic in chosen
    ]


def _first(topics: list[Topic]) -> dict[int, str]:
    """Who answered each of these first."""
    rows = Reply.objects.filter(topic__in=topics, presence="here").exclude(author=F("topic__author"))
    names: dict[int, str] = {}
    for topic, name in rows.order_by("id").values_list("topic_id", "author__name"):
        names.setdefault(topic, name)
    return names


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


def own(actor: Actor) -> Own:
    """New in one's spaces, questions that wait where one helps, one's spaces; eight queries."""
    spaces = list(Space.objects.joined_by(actor).living().order_by("name", "id"))
    seen = Topic.objects.visible_to(actor).heard_by(actor).here().for_cards()
    told_oneself = Q(author_id=actor.own_id) & (Q(last_reply_by=None) | Q(last_reply_by_id=actor.own_id))
    near_topics = with_news(seen.filter(Q(space__in=spaces) | followed(actor)), actor).exclude(Q(level="mute"))
    topics = list(near_topics.exclude(told_oneself).newest()[:8])
    helping = Person.objects.filter(id=actor.own_id).values_list("helps_with", flat=True).first() or ""
    words = {word.strip() for word in helping.split(",") if word.strip()}
    near = [space.id for space in spaces if words & set(space.interests)]
    waiting = seen.filter(space__in=near, closed_at=None).exclude(author_id=actor.own_id).unanswered()
    return Own(topics, list(waiting.order_by("opened_at")[:4]), spaces, around(actor))
