"""What badges follow from: what is accepted, welcomed, withdrawn, hidden, moved. May run twice: settling again changes nothing."""

from stoa.base import actors
from stoa.base.facts import Told, hears
from stoa.community.talk.actions.badges import settle_badges
from stoa.community.talk.badge_telling import KIND, holders_by
from stoa.community.talk.facts import (
    AcceptanceTakenBack,
    AnswerAccepted,
    BadgeEarned,
    BadgeGiven,
    ReplyHidden,
    ReplyRestored,
    ReplyWithdrawn,
    TopicHidden,
    TopicMerged,
    TopicMoved,
    TopicRestored,
    TopicSplit,
    TopicWithdrawn,
    Welcomed,
)
from stoa.community.talk.models import Badge, BadgeEvidence, Reply, Topic
from stoa.people.actions.notice import tell
from stoa.spaces.facts import SpaceChanged

Settled = AnswerAccepted | AcceptanceTakenBack
Shape = (
    TopicHidden
    | TopicWithdrawn
    | TopicRestored
    | TopicMoved
    | TopicSplit
    | TopicMerged
    | ReplyHidden
    | ReplyWithdrawn
    | ReplyRestored
)


@hears(AnswerAccepted, AcceptanceTakenBack, name="talk.badges_of_answers")
def settle_of_answers(told: Told[Settled]) -> None:
    """Whose reply settled a question, and whose gave way."""
    authors = Reply.objects.filter(topic=told.fact.topic).values_list("author_id", flat=True)
    settle_badges(set(authors), by=actors.system("talk"))


@hears(Welcomed, name="talk.badges_of_welcomes")
def settle_of_welcomes(told: Told[Welcomed]) -> None:
    if told.by_id:
        settle_badges({told.by_id}, by=actors.system("talk"))


@hears(
    TopicHidden, TopicWithdrawn, TopicRestored, TopicMoved, TopicSplit, TopicMerged, ReplyHidden, ReplyWithdrawn, ReplyRestored,
    name="talk.badges_of_shapes",
)  # fmt: skip
def settle_of_shapes(told: Told[Shape]) -> None:
    """Those whose badges stand on something there, and whose reply settles the topic."""
    topics = {told.fact.topic, *([told.fact.into] if isinstance(told.fact, TopicSplit | TopicMerged) else [])}
    settlers = Topic.objects.filter(id__in=topics).exclude(accepted=None).values_list("accepted__author", flat=True)
    settle_badges(holders_by(topics) | set(settlers), by=actors.system("talk"))


@hears(SpaceChanged, name="talk.badges_of_spaces")
def settle_of_space(told: Told[SpaceChanged]) -> None:
    """A closed space keeps its badges to itself; one that shows each member only their own topics has none."""
    if told.fact.sight_changed:
        holders = BadgeEvidence.objects.filter(space=told.fact.space).values_list("badge__person", flat=True)
        settlers = Topic.objects.filter(space=told.fact.space).exclude(accepted=None)
        people = {*holders, *settlers.values_list("accepted__author", flat=True)}
        settle_badges(people, by=actors.system("talk"))


@hears(BadgeEarned, BadgeGiven, name="talk.notices_of_badges")
def tell_of_badge(told: Told[BadgeEarned | BadgeGiven]) -> None:
    """Its holder, while it is there."""
    if Badge.objects.filter(id=told.fact.badge).exists():
        by = actors.of_person(told.by_id) if told.by_id else actors.VISITOR
        tell([told.fact.person], KIND, ("talk.badge", told.fact.badge), by=by)
