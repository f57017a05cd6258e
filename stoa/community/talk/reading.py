"""What a topic's page reads: one page of replies, their texts as shown, and what the reader may do. A fixed number of queries."""

from dataclasses import dataclass

from markupsafe import Markup

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.text import show_each
from stoa.community.talk import policy
from stoa.community.talk.models import Reply, Topic

PAGE = 40


@dataclass(frozen=True)
class TopicPage:
    """A topic with at most `PAGE` replies after one of them, oldest first. `more` is the id to go on after, or None."""

    topic: Topic
    replies: list[Reply]
    shown: dict[int, Markup]
    more: int | None
    earlier: bool
    may_reply: bool
    may_edit: bool
    may_withdraw: bool
    may_close: bool
    may_move: bool
    own: frozenset[int]

    @classmethod
    def of(cls, topic: Topic, actor: Actor, after: str = "") -> "TopicPage":
        rows = Reply.objects.visible_to(actor).filter(topic=topic).in_order().select_related("author")
        if start := ids.read(after):
            rows = rows.filter(id__gt=start)
        replies = list(rows[: PAGE + 1])
        for reply in replies:
            reply.topic = topic
        more = replies[PAGE - 1].id if len(replies) > PAGE else None
        replies = replies[:PAGE]
        return cls(
            topic,
            replies,
            show_each([topic, *replies], to=actor),
            more,
            start is not None,
            may_reply=policy.may_reply(actor, topic),
            may_edit=policy.may_edit_topic(actor, topic),
            may_withdraw=policy.may_withdraw(actor, topic),
            may_close=policy.may_close_topic(actor, topic),
            may_move=policy.may_move_from(actor, topic),
            own=frozenset(reply.id for reply in replies if policy.may_edit_reply(actor, reply)),
        )

    @staticmethod
    def address_of(reply: Reply, actor: Actor) -> str:
        """Where this reply stands for this reader: the page of its topic that shows it."""
        before = Reply.objects.visible_to(actor).filter(topic=reply.topic, id__lt=reply.id).in_order()
        position = before.count() // PAGE * PAGE
        start = f"?after={before[position - 1].shown_id}" if position else ""
        return f"{reply.topic.get_absolute_url()}{start}#reply-{reply.shown_id}"
