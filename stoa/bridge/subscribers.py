"""What follows from facts: uses are kept in step with their deliveries, what leaves public sight comes down, people are told."""

from django.db.models import Q

from stoa.base import actors
from stoa.base.actors import Actor
from stoa.base.facts import Told, hears
from stoa.bridge.actions import (
    answer_loops,
    carry_loops,
    carry_rights,
    carry_rights_of_words,
    close_loop,
    forget_words,
    hand_touches_on,
    keep_join,
    place_post,
    settle_use,
    take_back_of,
)
from stoa.bridge.facts import (
    Cause,
    UsageRightDeclined,
    UsageRightExpired,
    UsageRightGranted,
    UsageRightNarrowed,
    UsageRightRequested,
    UsageRightWithdrawn,
    UseStarted,
    UseTakenDown,
)
from stoa.bridge.models import UsageRight
from stoa.community.talk.facts import (
    ReplyAdded,
    ReplyHidden,
    ReplyWithdrawn,
    TopicHidden,
    TopicMerged,
    TopicMoved,
    TopicSplit,
    TopicWithdrawn,
)
from stoa.people.actions.notice import tell
from stoa.people.facts import PersonClaimed, PersonSignedUp
from stoa.people.models import SignUp
from stoa.social.publish import facts as publish
from stoa.spaces.facts import SpaceChanged

OPEN = ("public", "members")
Answered = UsageRightGranted | UsageRightNarrowed | UsageRightDeclined


@hears(
    publish.DeliveryPlanned, publish.DeliveryPublished, publish.DeliveryRefused, publish.DeliveryStopped, publish.DeliveryHeld,
    publish.DeliveryWithdrawn, publish.TakedownAnswered, name="bridge.uses",
)  # fmt: skip
def follow_delivery(told: Told[publish.DeliveryPlanned]) -> None:
    if settle_use(told.fact.delivery) is not None:
        forget_words(told.fact.delivery)


@hears(publish.PostPlanned, name="bridge.placements")
def place_links(told: Told[publish.PostPlanned]) -> None:
    place_post(told.fact.post)


@hears(PersonSignedUp, name="bridge.touches")
def keep_how_they_came(told: Told[PersonSignedUp]) -> None:
    sign_up = SignUp.objects.filter(id=told.fact.sign_up).first()
    if sign_up:
        keep_join(sign_up, by=actors.system("bridge"))


@hears(PersonClaimed, name="bridge.claimed")
def follow_claim(told: Told[PersonClaimed]) -> None:
    """By which link they came belongs to whom they are now."""
    hand_touches_on(told.fact.was, told.fact.person)


@hears(ReplyAdded, name="bridge.loops")
def note_first_answer(told: Told[ReplyAdded]) -> None:
    answer_loops(told.fact.topic, told.fact.reply)


@hears(publish.DeliveryPublished, name="bridge.told_back", when=lambda fact: fact.post is None)
def note_told_back(told: Told[publish.DeliveryPublished]) -> None:
    """Whoever is told back is answered where they asked: no post does that."""
    close_loop(told.fact.delivery)


@hears(TopicHidden, name="bridge.topic_hidden")
def take_down_hidden_topic(told: Told[TopicHidden]) -> None:
    take_back_of(Q(topic=told.fact.topic), Cause.DECISION)


@hears(ReplyHidden, name="bridge.reply_hidden")
def take_down_hidden_reply(told: Told[ReplyHidden]) -> None:
    take_back_of(Q(reply=told.fact.reply), Cause.DECISION)


@hears(TopicWithdrawn, name="bridge.topic_withdrawn")
def take_down_withdrawn_topic(told: Told[TopicWithdrawn]) -> None:
    take_back_of(Q(topic=told.fact.topic), Cause.WITHDRAWN)


@hears(ReplyWithdrawn, name="bridge.reply_withdrawn")
def take_down_withdrawn_reply(told: Told[ReplyWithdrawn]) -> None:
    take_back_of(Q(reply=told.fact.reply), Cause.WITHDRAWN)


@hears(TopicMoved, name="bridge.topic_moved")
def take_down_moved_topic(told: Told[TopicMoved]) -> None:
    """It counts where the topic stands now."""
    take_back_of(Q(topic=told.fact.topic) & out_of_sight(), Cause.MOVED)


@hears(TopicSplit, name="bridge.topic_split")
def follow_split_topic(told: Told[TopicSplit]) -> None:
    """Rights for replies stand where the replies stand now, and end where no longer every member reads them."""
    carry_rights(told.fact.into)
    take_back_of(Q(topic=told.fact.into) & out_of_sight(), Cause.MOVED)


@hears(TopicMerged, name="bridge.topic_merged")
def follow_merged_topic(told: Told[TopicMerged]) -> None:
    """So do those for the words that are a reply now, and the loops that the topic was part of."""
    fact = told.fact
    carry_rights_of_words(fact.topic, fact.into, fact.words)
    carry_rights(fact.into)
    take_back_of(Q(topic=fact.into) & out_of_sight(), Cause.MOVED)
    carry_loops(fact.topic, fact.into)


@hears(SpaceChanged, name="bridge.space_changed")
def take_down_closed_space(told: Told[SpaceChanged]) -> None:
    if told.fact.sight_changed:
        take_back_of(Q(topic__space=told.fact.space) & out_of_sight(), Cause.MOVED)


def out_of_sight() -> Q:
    """The condition on rights whose topic stands where not every member reads it."""
    return ~Q(topic__space__visibility__in=OPEN) | Q(topic__space__ask_team=True)


@hears(UsageRightRequested, name="bridge.tell_author")
def tell_author(told: Told[UsageRightRequested]) -> None:
    tell([told.fact.author], "bridge.asked", ("bridge.right", told.fact.right), by=speaker(told.by_id))


@hears(UsageRightGranted, UsageRightNarrowed, UsageRightDeclined, name="bridge.tell_asker")
def tell_asker(told: Told[Answered]) -> None:
    tell_who_asked(told.fact.right, "bridge.answered", told.by_id)


@hears(UsageRightWithdrawn, UsageRightExpired, name="bridge.tell_of_end")
def tell_of_end(told: Told[UsageRightWithdrawn]) -> None:
    tell_who_asked(told.fact.right, "bridge.ended", told.by_id)


@hears(UseStarted, name="bridge.tell_of_use")
def tell_of_use(told: Told[UseStarted]) -> None:
    tell_author_of(told.fact.right, "bridge.out")


@hears(UseTakenDown, name="bridge.tell_of_takedown")
def tell_of_takedown(told: Told[UseTakenDown]) -> None:
    tell_author_of(told.fact.right, "bridge.down")


def tell_who_asked(right_id: int, kind: str, by_id: int | None) -> None:
    asked_by = UsageRight.objects.filter(id=right_id).values_list("asked_by", flat=True).first()
    if asked_by:
        tell([asked_by], kind, ("bridge.right", right_id), by=speaker(by_id))


def tell_author_of(right_id: int, kind: str) -> None:
    author = UsageRight.objects.filter(id=right_id).values_list("author", flat=True).first()
    if author:
        tell([author], kind, ("bridge.right", right_id), by=actors.system("bridge"))


def speaker(person_id: int | None) -> Actor:
    return actors.of_person(person_id) if person_id else actors.system("bridge")
