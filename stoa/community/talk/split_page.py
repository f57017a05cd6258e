"""The page on which replies of a topic are picked, part by part, to be split from it; and the topics into which one may be merged."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.text import excerpt
from stoa.community.talk import policy
from stoa.community.talk.models import Reply, Topic
from stoa.spaces.models import Space

PAGE, OFFERED = 50, 10


@dataclass(frozen=True)
class Pick:
    """One reply that can be picked."""

    reply: Reply
    words: str
    is_picked: bool


@dataclass(frozen=True)
class PickPage:
    """Some replies after one of them. `elsewhere`: what is picked on other pages; `more`: after which reply the next page begins."""

    topic: Topic
    picks: list[Pick]
    elsewhere: list[int]
    start: str
    more: str

    @classmethod
    def of(cls, topic: Topic, actor: Actor, after: str, picked: Iterable[int] = ()) -> "PickPage":
        start, chosen = ids.read(after) or 0, set(picked)
        rows = Reply.objects.visible_to(actor).filter(topic=topic, id__gt=start).in_order().select_related("author")
        found = list(rows[: PAGE + 1])
        page = found[:PAGE]
        picks = [Pick(each, excerpt(each.html, 160), each.id in chosen) for each in page]
        elsewhere = sorted(chosen - {each.id for each in page})
        more = page[-1].shown_id if len(found) > PAGE else ""
        return cls(topic, picks, elsewhere, ids.shown(start) if start else "", more)


def picked_in(shown: Iterable[str], elsewhere: str, checked: Iterable[str]) -> list[int]:
    """What is picked: on the page that was sent, and on the pages before it."""
    here = {ids.read(each) for each in shown}
    kept = {ids.read(each) for each in elsewhere.split()} - here
    return sorted({each for each in kept | {ids.read(each) for each in checked} if each})


def spaces_for_split(topic: Topic, actor: Actor) -> list[Space]:
    """Where the new topic may stand, the topic's own space first."""
    spaces = Space.objects.readable_by(actor).living().filter(ask_team=False).order_by("name", "id")
    may = [each for each in spaces if policy.may_split_into(actor, topic, each)]
    return sorted(may, key=lambda each: each.id != topic.space_id)


def targets(topic: Topic, actor: Actor, asked: str) -> list[Topic]:
    """Topics opened before this one into which the actor may merge it: those whose title has the words (or whose address was pasted);
    without words the latest of its space."""
    rows = Topic.objects.visible_to(actor).here().filter(id__lt=topic.id).for_cards()
    words = asked.split()
    if number := number_in(asked):
        rows = rows.filter(id=number)
    elif words:
        rows = rows.filter(*(Q(title__icontains=word) for word in words[:8]))
    else:
        rows = rows.filter(space=topic.space_id)
    return [each for each in rows.newest()[: OFFERED * 3] if policy.may_move_topic(actor, topic, each.space)][:OFFERED]


def number_in(address: str) -> int | None:
    """The id of a topic's address, or of its short form."""
    last = address.strip().rstrip("/").rpartition("/topics/")[2]
    return ids.read(last[: ids.LENGTH]) if len(last) >= ids.LENGTH else None
