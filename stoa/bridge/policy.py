"""Who may do what between the wings: pure functions of the Actor and rows; a right's topic must be loaded with its space."""

from stoa.base.actors import Actor
from stoa.bridge.models import UsageRight
from stoa.community.talk.models import Reply, Topic
from stoa.social.listen import policy as listen
from stoa.social.listen.models import Conversation


def may_ask(actor: Actor) -> bool:
    """Ask members for their words, and see what they answered."""
    return actor.may("bridge.ask_use")


def may_ask_for(actor: Actor, subject: Topic | Reply) -> bool:
    """For what is here, in a space that every member reads, by somebody who is still a member."""
    return may_ask(actor) and can_be_asked_for(subject)


def can_be_asked_for(subject: Topic | Reply) -> bool:
    topic = topic_of(subject)
    is_open = topic.space.visibility in ("public", "members") and not topic.space.ask_team
    return is_open and topic.is_here and subject.is_here and subject.author.standing != "erased"


def topic_of(subject: Topic | Reply) -> Topic:
    return subject.topic if isinstance(subject, Reply) else subject


def is_author(actor: Actor, right: UsageRight) -> bool:
    return actor.person_id is not None and actor.person_id == right.author_id


def may_answer(actor: Actor, right: UsageRight) -> bool:
    """Grant, narrow, decline: the author alone, once."""
    return is_author(actor, right) and right.is_open


def may_take_back(actor: Actor, right: UsageRight) -> bool:
    """The author, as long as anything of theirs may stand somewhere; the house itself for the other causes."""
    return (is_author(actor, right) or actor.is_system) and (right.is_granted or right.state == "expired")


def may_campaign(actor: Actor) -> bool:
    return actor.may("bridge.campaigns")


def may_open_loop(actor: Actor, conversation: Conversation) -> bool:
    """Whoever tends the conversation may bring it into the community; its channel must be loaded."""
    return listen.may_tend(actor, conversation)
