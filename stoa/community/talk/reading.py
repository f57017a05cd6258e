"""What a topic's page reads: one page of replies, their texts as shown, and what the reader may do. A fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from markupsafe import Markup

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.addresses import address
from stoa.base.standing_queries import standing
from stoa.base.text import excerpt, show_each
from stoa.community.talk import options, policy
from stoa.community.talk.lines import ReplyHoles, ReplyShape
from stoa.community.talk.models import Reply, Topic, visible_replies
from stoa.community.talk.models.reply import Replies
from stoa.community.talk.pace import free_at
from stoa.community.talk.pieces import IdeaPiece, PollPiece
from stoa.community.talk.tallies import Tallies, Tally
from stoa.community.talk.ties import Ties
from stoa.people.away import away_words
from stoa.people.bookmarking import marked

PAGE = 40


@dataclass(frozen=True)
class TopicPage:
    """A topic with at most `PAGE` replies after one of them, oldest first. `more` is the id to go on after, or None."""

    topic: Topic
    replies: list[Reply]
    shown: dict[int, Markup]
    more: int | None
    start: int | None
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
    may_keep_place: bool
    since: int
    first_new: int | None
    idea: IdeaPiece | None
    poll: PollPiece | None
    may_pin: bool
    may_tag: bool
    histories: frozenset[int]
    may_slow: bool
    free_at: datetime | None
    may_meet: bool
    ties: Ties | None

    @classmethod
    def of(cls, topic: Topic, actor: Actor, after: str = "", since: str = "") -> "TopicPage":
        """`since` keeps the line above what is new where it was drawn first, while the page is drawn anew."""
        start = ids.read(after)
        replies = list(standing(read_replies, actor, topic_id=topic.id, beyond=start or 0))
        for reply in replies:
            reply.topic = topic
        more = replies[PAGE - 1].id if len(replies) > PAGE else None
        replies = replies[:PAGE]
        stopped = ids.read(since) or vars(topic).get("read_to", 0)
        return cls(
            topic,
            replies,
            show_each([topic, *replies], to=actor),
            more,
            start,
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
            may_keep_place=policy.may_keep_place(actor),
            since=stopped,
            first_new=first_new(topic, replies, actor, stopped),
            idea=IdeaPiece.of(topic, actor) if topic.kind == Topic.Kind.IDEA else None,
            poll=PollPiece.of(topic, actor) if topic.kind == Topic.Kind.POLL else None,
            may_pin=policy.may_pin(actor, topic),
            may_tag=policy.may_tag(actor, topic),
            histories=histories_among([topic, *replies], actor),
            may_slow=policy.may_slow(actor, topic),
            free_at=free_at(topic, actor),
            may_meet=policy.may_ask_to_meet(actor, topic),
            ties=Ties.of(topic, actor),
        )

    def signs_under(self, written: Topic | Reply, is_own: bool) -> tuple[Tally, ...]:
        """The signs that are drawn there: those that were left, and those that this reader is invited to leave."""
        invited = ("thanks", "me_too") if self.may_mark and written.is_here and not is_own else ()
        return self.tallies.drawn_under(written, invited)

    def shape_of(self, reply: Reply, actor: Actor) -> ReplyShape:
        """How a reply is built for this reader, who is the one that the page was read for."""
        own = actor.person_id == reply.author_id
        bookmark = (
            ("marked" if vars(reply).get("is_marked") else "free") if self.may_keep_place and reply.is_here else ""
        )
        is_settled, is_unheard = (
            reply.id == self.topic.accepted_id and self.accepted is not None,
            reply.author_id in actor.blocked,
        )
        return ReplyShape(
            reply.presence, is_settled, not reply.author.name, is_unheard, reply.direction, bookmark,
            self.signs_under(reply, own), self.may_mark and reply.is_here, own,
        )  # fmt: skip

    def holes_of(self, reply: Reply, **ready: Markup) -> ReplyHoles:
        """The words of a reply; `ready` is its author, times, panels and forms."""
        marks, bookmark = (
            address("talk:reply_marks", reply_id=reply.id),
            address("people:bookmark", key="talk.reply", number=reply.id),
        )
        return ReplyHoles(reply.shown_id, reply.author.name, self.shown[reply.id], marks, bookmark, **ready)

    @property
    def away(self) -> str:
        """Until when who opened the topic is away, said beside the box where they are answered."""
        return away_words(self.topic.author)

    @property
    def news(self) -> int:
        """How many replies are new for the reader, counted up to a hundred."""
        return int(vars(self.topic).get("news", 0))

    @property
    def is_marked(self) -> bool:
        """Whether the reader has a bookmark here."""
        return bool(vars(self.topic).get("is_marked"))

    @property
    def level(self) -> str:
        """How the reader follows the topic, or else its space."""
        return str(vars(self.topic).get("level", ""))

    @property
    def shows_nearby(self) -> bool:
        """Whether it may be said who is writing: who replies is a member."""
        return not self.topic.space.ask_team

    @property
    def sends_words(self) -> bool:
        """Whether a page that draws its replies anew is given the topic's own words too: a card may have come."""
        return not self.earlier and "<x-card>" in self.topic.html

    @property
    def read_to(self) -> int:
        return int(vars(self.topic).get("read_to", 0))

    @property
    def last(self) -> int:
        """The id of the last that stands on this page."""
        return self.replies[-1].id if self.replies else self.topic.id

    @property
    def refreshed(self) -> str:
        """Where this very page is drawn anew."""
        after = f"after={ids.shown(self.start)}&" if self.start else ""
        return f"{self.topic.get_absolute_url()}?{after}since={ids.shown(self.since)}"

    @property
    def earlier(self) -> bool:
        return self.start is not None

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


def histories_among(written: list[Topic | Reply], actor: Actor) -> frozenset[int]:
    """The ids of those that were changed, and whose former versions this reader may read."""
    changed = [each for each in written if each.edited_at]
    shown_to = options.HISTORY_FOR.get() if changed else ""
    return frozenset(each.id for each in changed if policy.may_see_history(actor, each, shown_to=shown_to))


def read_replies(actor: Actor, topic_id: int, beyond: int) -> Replies:
    """A page of the topic's replies after one of them, and one more."""
    rows = Reply.objects.visible_to(actor).filter(topic_id=topic_id, id__gt=beyond).in_order().select_related("author")
    rows = rows.annotate(is_marked=marked(actor, "talk.reply")) if actor.is_member else rows
    return rows[: PAGE + 1]


def accepted_among(topic: Topic, replies: list[Reply], actor: Actor) -> Reply | None:
    """The reply that settled the question, while it is here and this reader may see it: from the page, or by one query."""
    if topic.accepted_id is None:
        return None
    here = [reply for reply in replies if reply.id == topic.accepted_id]
    found = here[0] if here else visible_replies(actor, [topic.accepted_id]).first()
    return found if found and found.is_here and found.author_id not in actor.blocked else None


def first_new(topic: Topic, replies: list[Reply], actor: Actor, stopped: int) -> int | None:
    """Above which reply of the page the line stands: the first that is new. None where all of the topic is new, or none of it."""
    if not actor.is_member or stopped < topic.id or vars(topic).get("level") == "mute":
        return None
    unheard = {actor.own_id, *actor.blocked}
    return next(
        (each.id for each in replies if each.id > stopped and each.is_here and each.author_id not in unheard), None
    )
