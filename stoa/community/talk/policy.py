"""Who may do what with topics and replies. Pure functions of the Actor and rows; the space must be loaded with its topic."""

from stoa.base.actors import Actor, Standing
from stoa.community.talk.models import Reply, Topic
from stoa.spaces.models import Space
from stoa.spaces.policy import may_in, may_take_part


def may_open_topic(actor: Actor, space: Space) -> bool:
    """Members of a public or members' space, and those whom a space has taken in; not where it is read-only or archived."""
    return may_take_part(actor, space) and may_in(actor, "talk.open_topic", space)


def may_reply(actor: Actor, topic: Topic) -> bool:
    return topic.is_here and not topic.is_closed and may_write(actor, topic.space)


def may_edit_topic(actor: Actor, topic: Topic) -> bool:
    """Authors edit their own, while it is here and the space takes writing."""
    return topic.is_here and is_author(actor, topic) and may_write(actor, topic.space)


def may_edit_reply(actor: Actor, reply: Reply) -> bool:
    return reply.is_here and is_author(actor, reply) and may_write(actor, reply.topic.space)


def may_withdraw(actor: Actor, written: Topic | Reply) -> bool:
    """Only authors withdraw; a suspended author still may, since the words are theirs."""
    return written.is_here and is_author(actor, written)


def may_close_topic(actor: Actor, topic: Topic) -> bool:
    """The author, or who holds the right there."""
    return topic.is_here and (
        may_in(actor, "talk.close_topic", topic.space) or (is_author(actor, topic) and may_write(actor, topic.space))
    )


def may_move_from(actor: Actor, topic: Topic) -> bool:
    """Who holds the right where the topic stands."""
    return topic.is_here and may_in(actor, "talk.move_topic", topic.space)


def may_move_topic(actor: Actor, topic: Topic, to: Space) -> bool:
    """Who holds the right in both spaces."""
    return may_move_from(actor, topic) and may_in(actor, "talk.move_topic", to)


def may_introduce(actor: Actor) -> bool:
    """The team, at the desk."""
    return actor.is_member and actor.is_staff and actor.may("talk.introduce")


def may_accept(actor: Actor, topic: Topic) -> bool:
    """Who asked, or who holds the right there; of questions alone."""
    if topic.kind != Topic.Kind.QUESTION or not topic.is_here:
        return False
    return may_in(actor, "talk.accept_answer", topic.space) or (
        is_author(actor, topic) and may_write(actor, topic.space)
    )


def may_mark(actor: Actor, topic: Topic) -> bool:
    """Whoever may take part where the topic stands; a closed topic still takes thanks."""
    return topic.is_here and may_take_part(actor, topic.space)


def may_keep_place(actor: Actor) -> bool:
    """Members: that somebody stopped here is kept for nobody else."""
    return actor.standing is Standing.MEMBER


def may_write(actor: Actor, space: Space) -> bool:
    return may_take_part(actor, space) and may_in(actor, "talk.reply", space)


def is_author(actor: Actor, written: Topic | Reply) -> bool:
    return actor.person_id is not None and written.author_id == actor.person_id
