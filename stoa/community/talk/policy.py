"""Who may do what with topics and replies. Pure functions of the Actor and rows; the space must be loaded with its topic."""

from datetime import timedelta

from stoa.base import clock
from stoa.base.actors import Actor, Standing
from stoa.community.talk.models import Badge, Reply, Topic
from stoa.community.talk.models.badge import GIVE
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.policy import may_in, may_take_part

NEW = timedelta(days=7)  # since they joined


def may_open_topic(actor: Actor, space: Space) -> bool:
    """Members of a public or members' space, and those whom a space has taken in; not where it is read-only or archived."""
    return may_take_part(actor, space) and may_in(actor, "talk.open_topic", space)


def may_write_freely(actor: Actor, space: Space) -> bool:
    """Without the limits for somebody new: from level 1 on, and whoever was given a role over the site or tends this space."""
    return actor.is_system or actor.may("talk.write_freely", space.scope)


def may_open_kind(actor: Actor, space: Space, kind: str) -> bool:
    """Announcements take their own right; everything else is for whoever opens topics."""
    if not may_open_topic(actor, space):
        return False
    return kind != Topic.Kind.ANNOUNCEMENT or may_in(actor, "talk.announce", space)


def may_plan_topic(actor: Actor, space: Space) -> bool:
    """Write a topic now that the clock opens later: asked again when its time has come."""
    return may_open_topic(actor, space) and may_in(actor, "talk.plan_topic", space)


def may_keep_rituals(actor: Actor, space: Space) -> bool:
    """Say what opens by itself there again and again."""
    return may_in(actor, "talk.keep_rituals", space)


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


def may_split_into(actor: Actor, topic: Topic, to: Space) -> bool:
    """Who moves topics in both spaces, and may open one in the other."""
    return may_move_topic(actor, topic, to) and may_open_topic(actor, to)


def may_introduce(actor: Actor) -> bool:
    """The team, at the desk."""
    return actor.is_member and actor.is_staff and actor.may("talk.introduce")


def may_ask_to_meet(actor: Actor, topic: Topic) -> bool:
    """A newcomer, of a topic of their own that every member may read."""
    is_new = actor.joined_at is not None and clock.now() - actor.joined_at < NEW
    is_open = topic.space.visibility in ("public", "members") and not topic.space.ask_team
    return is_new and is_open and topic.is_here and is_author(actor, topic) and may_mark(actor, topic)


def may_accept(actor: Actor, topic: Topic) -> bool:
    """Who asked, or who holds the right there; of questions alone."""
    if topic.kind != Topic.Kind.QUESTION or not topic.is_here:
        return False
    return may_in(actor, "talk.accept_answer", topic.space) or (
        is_author(actor, topic) and may_write(actor, topic.space)
    )


def may_vote_for(actor: Actor, topic: Topic) -> bool:
    """For an idea: whoever may take part where it stands, while it is undecided and open."""
    is_undecided = topic.status not in (Topic.Status.DONE, Topic.Status.DECLINED)
    return topic.kind == Topic.Kind.IDEA and is_undecided and not topic.is_closed and may_mark(actor, topic)


def may_vote_in(actor: Actor, topic: Topic) -> bool:
    """In a poll: the members of the space alone."""
    is_of_space = actor.holds("spaces.take_part", topic.space.scope)
    return topic.kind == Topic.Kind.POLL and is_of_space and may_mark(actor, topic)


def may_answer_idea(actor: Actor, topic: Topic) -> bool:
    return topic.kind == Topic.Kind.IDEA and topic.is_here and may_in(actor, "talk.answer_idea", topic.space)


def may_tag(actor: Actor, topic: Topic) -> bool:
    """The author, who tends the tags there, and members of level 2 where everybody may read."""
    others = (may_in(actor, right, topic.space) for right in ("talk.tend_tags", "talk.tag_any"))
    return may_edit_topic(actor, topic) or (topic.is_here and any(others))


def may_tend_tags(actor: Actor, space: Space | None) -> bool:
    """In a space, or (None) everywhere."""
    return may_in(actor, "talk.tend_tags", space) if space else actor.is_staff and actor.may("talk.tend_tags")


def may_pin(actor: Actor, topic: Topic) -> bool:
    return topic.is_here and may_in(actor, "talk.pin", topic.space)


def may_slow(actor: Actor, topic: Topic) -> bool:
    """Put it into slow mode, end that, and reply there at any pace."""
    return topic.is_here and may_in(actor, "talk.slow_topic", topic.space)


def may_see_history(actor: Actor, written: Topic | Reply, *, shown_to: str) -> bool:
    """What stood there before its author changed it: whoever may see what stands there now, or (`shown_to` "author") its author and who
    may see there what was hidden."""
    topic = written if isinstance(written, Topic) else written.topic
    return shown_to == "readers" or is_author(actor, written) or may_in(actor, "talk.see_hidden", topic.space)


def may_remove_version(actor: Actor, topic: Topic) -> bool:
    return may_in(actor, "talk.remove_version", topic.space)


def may_write_directly(actor: Actor) -> bool:
    """Members by their right; who is suspended holds none, and reads."""
    return actor.standing is Standing.MEMBER and actor.may("talk.write_directly")


def may_give_badge(actor: Actor, person: Person, space: Space | None) -> bool:
    """To another member: in a space by those who look after it, for the whole place by those who look after that."""
    is_other = person.standing == "member" and person.id != actor.person_id
    return is_other and _may_badge_in(actor, space)


def may_take_badge_back(actor: Actor, badge: Badge) -> bool:
    return badge.is_given and _may_badge_in(actor, badge.space)


def may_badge_somewhere(actor: Actor) -> bool:
    return actor.standing is Standing.MEMBER and actor.may(GIVE, *actor.rights)


def _may_badge_in(actor: Actor, space: Space | None) -> bool:
    if space is None:
        return actor.standing is Standing.MEMBER and actor.may(GIVE)
    return may_in(actor, GIVE, space)


def may_mark(actor: Actor, topic: Topic) -> bool:
    """Whoever may take part where the topic stands; a closed topic still takes thanks."""
    return topic.is_here and may_take_part(actor, topic.space)


def may_keep_place(actor: Actor) -> bool:
    """Members: that somebody stopped here is kept for nobody else."""
    return actor.standing is Standing.MEMBER


def may_be_near(actor: Actor, space: Space) -> bool:
    """See there who is writing and who was there lately: members, where they do not see only their own topics. As somebody else: nobody."""
    return actor.is_member and actor.person_id is not None and not space.ask_team


def may_write(actor: Actor, space: Space) -> bool:
    return may_take_part(actor, space) and may_in(actor, "talk.reply", space)


def is_author(actor: Actor, written: Topic | Reply) -> bool:
    return actor.person_id is not None and written.author_id == actor.person_id
