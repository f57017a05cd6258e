"""What a topic's page reads: one page of replies, their texts as shown, and what the reader may do. A fixed number of queries."""

from dataclasses import dataclass

from django.urls import reverse
from markupsafe import Markup

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.text import excerpt, show_each
from stoa.community.talk import policy
from stoa.community.talk.models import Reply, Topic, visible_replies
from stoa.community.talk.tallies import Tallies

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
    may_mark: bool
    may_accept: bool
    own: frozenset[int]
    tallies: Tallies
    accepted: Reply | None

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
            may_mark=policy.may_mark(actor, topic),
            may_accept=policy.may_accept(actor, topic),
            own=frozenset(reply.id for reply in replies if policy.may_edit_reply(actor, reply)),
            tallies=Tallies.of(topic, replies, actor),
            accepted=accepted_among(topic, replies, actor),
        )

    @property
    def accepted_words(self) -> str:
        """The beginning of what settled it."""
        return excerpt(self.accepted.html, 280) if self.accepted else ""

    @property
    def accepted_address(self) -> str:
        """Where it stands: on this page, or by its own address."""
        if self.accepted is None or self.accepted in self.replies:
            return f"#reply-{self.accepted.shown_id}" if self.accepted else ""
        return reverse("talk:reply", kwargs={"reply_id": self.accepted.id})

    @staticmethod
    def address_of(reply: Reply, actor: Actor) -> str:
        """Where this reply stands for this reader: the page of its topic that shows it."""
        before = Reply.objects.visible_to(actor).filter(topic=reply.topic, id__lt=reply.id).in_order()
        position = before.count() // PAGE * PAGE
        start = f"?after={before[position - 1].shown_id}" if position else ""
        return f"{reply.topic.get_absolute_url()}{start}#reply-{reply.shown_id}"


def accepted_among(topic: Topic, replies: list[Reply], actor: Actor) -> Reply | None:
    """The reply that settled the question, while it is here and this reader may see it: from the page, or by one query."""
    if topic.accepted_id is None:
        return None
    here = [reply for reply in replies if reply.id == topic.accepted_id]
    found = here[0] if here else visible_replies(actor, [topic.accepted_id]).first()
    return found if found and found.is_here else None
