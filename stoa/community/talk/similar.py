"""Topics that are about the same as a title that is being written, with what settled them: perhaps the answer is there already."""

from dataclasses import dataclass

from stoa.base import search
from stoa.base.actors import Actor
from stoa.base.search import Within
from stoa.base.text import first_line
from stoa.community.talk.models import Reply, Topic, visible_replies
from stoa.spaces.readers import search_readable

MOST = 5
SHORTEST = 3


@dataclass(frozen=True)
class Similar:
    """A topic, and the first line of the answer that settled it, if one did."""

    topic: Topic
    answer: str = ""


def similar_topics(title: str, actor: Actor) -> list[Similar]:
    """At most five, the nearest first, of those that this actor may read. Six queries at most, whatever there is."""
    if len(title.strip()) < SHORTEST:
        return []
    found = search.alike(title, to=search_readable(actor), within=Within(keys=["talk.topic"]), limit=MOST)
    rows = Topic.objects.visible_to(actor).here().filter(id__in=found).for_cards() if found else []
    topics = {topic.id: topic for topic in rows}
    settled = [topic.accepted_id for topic in topics.values() if topic.accepted_id]
    answers = {reply.id: reply for reply in visible_replies(actor, settled)} if settled else {}
    return [_with_answer(topics[number], answers, actor) for number in found if number in topics]


def _with_answer(topic: Topic, answers: dict[int, Reply], actor: Actor) -> Similar:
    answer = answers.get(topic.accepted_id or 0)
    shown = answer is not None and answer.is_here and answer.author_id not in actor.blocked
    return Similar(topic, first_line(answer.html) if answer is not None and shown else "")
