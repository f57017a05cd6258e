"""What a topic's page says of replies that left it or came into it, as far as its reader may see where from and where to."""

from dataclasses import dataclass

from stoa.base.actors import Actor
from stoa.community.talk.models import Split, Topic

MOST = 20


@dataclass(frozen=True)
class Ties:
    """`away` and `here`: splits out of the topic and into it; `absorbed`: topics that became part of it."""

    away: list[Split]
    here: list[Split]
    absorbed: list[Topic]

    @classmethod
    def of(cls, topic: Topic, actor: Actor) -> "Ties | None":
        """Two queries for a topic that was ever split or merged, else none."""
        if topic.reshaped_at is None:
            return None
        splits = list(Split.objects.visible_to(actor).of_page(topic)[:MOST])
        away = [each for each in splits if each.topic_id == topic.id]
        here = [each for each in splits if each.into_id == topic.id]
        return cls(away, here, list(topic.absorbed.select_related("author").order_by("id")[:MOST]))
