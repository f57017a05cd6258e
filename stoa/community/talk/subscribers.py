"""What follows from topics and replies: notices to those concerned. May run twice: notices merge."""

from collections.abc import Collection

from django.db.models import QuerySet

from stoa.base import actors, ids
from stoa.base.actors import Actor
from stoa.base.elsewhere import PageFound
from stoa.base.facts import Told, hears
from stoa.base.standing_queries import first, standing
from stoa.base.text import quote_marks
from stoa.community.talk import badge_hearing  # noqa: F401  (what badges follow from)
from stoa.community.talk.actions.cards import tell_of_card
from stoa.community.talk.actions.progress import catch_up
from stoa.community.talk.calls import called_by
from stoa.community.talk.direct_noticing import ADDED, MESSAGE, REQUEST
from stoa.community.talk.facts import (
    AnswerAccepted,
    DirectJoined,
    DirectMessageSent,
    IdeaAnswered,
    Marked,
    ReplyAdded,
    SignKey,
    TopicOpened,
)
from stoa.community.talk.finding import keep_replies, keep_topic
from stoa.community.talk.models import DirectMessage, IdeaVote, Mark, Outcome, Participant, Reply, Topic
from stoa.community.talk.policy import may_keep_place
from stoa.people.actions.notice import tell
from stoa.people.actions.profile import followers
from stoa.people.models import Follow
from stoa.spaces.facts import SpaceChanged, SpaceJoined
from stoa.spaces.models import Space
from stoa.spaces.readers import readers_among


@hears(TopicOpened, name="talk.notices_of_topics")
def tell_of_topic(told: Told[TopicOpened]) -> None:
    """Those whom the text names, those of the groups that it calls, then those who watch the space or its author; nobody twice."""
    topic = Topic.objects.here().filter(id=told.fact.topic).select_related("space").first()
    if topic is None:
        return
    by = speaker(told.by_id)
    named = told_of(topic, told.fact.mentioned)
    tell(named, "talk.mention", ("talk.topic", topic.id), by=by, within=[topic.space.reference])
    watchers = {*followers(topic.space.reference, "watch"), *followers(("people.person", topic.author_id), "watch")}
    grouped = told_of(topic, called_by(topic, topic.space)) - named
    tell(grouped, "talk.call", ("talk.topic", topic.id), by=by, within=[topic.space.reference])
    watching = told_of(topic, watchers) - named - grouped
    tell(watching, "talk.topic", ("talk.topic", topic.id), by=by, within=[topic.space.reference])


@hears(ReplyAdded, name="talk.notices_of_replies")
def tell_of_reply(told: Told[ReplyAdded]) -> None:
    """Those whom the text names; those of the groups that it calls; whom it answers: by a quote, as the topic's author; who watch the
    topic or its space. Who replied follows the topic from now on."""
    reply = first(standing(reply_here, reply_id=told.fact.reply))
    if reply is None:
        return
    topic, by = reply.topic, speaker(told.by_id)
    named = told_of(topic, told.fact.mentioned)
    here, place = ("talk.topic", topic.id), topic.space.reference
    tell(named, "talk.mention", ("talk.reply", reply.id), by=by, within=[here, place])
    grouped = told_of(topic, called_by(reply, topic.space)) - named
    tell(grouped, "talk.call", ("talk.reply", reply.id), by=by, within=[here, place])
    concerned = {topic.author_id, *answered_by(reply), *followers(here, "watch"), *followers(place, "watch")}
    tell(told_of(topic, concerned) - named - grouped, "talk.reply", here, by=by, within=[place])
    if not first(standing(own_follow, person_id=reply.author_id, topic_id=topic.id)):
        Follow.objects.get_or_create(person_id=reply.author_id, thing_key="talk.topic", thing_id=topic.id)


def reply_here(reply_id: int) -> QuerySet[Reply]:
    return Reply.objects.filter(id=reply_id, presence="here").select_related("topic__space").order_by()[:1]


def own_follow(person_id: int, topic_id: int) -> QuerySet[Follow]:
    return Follow.objects.filter(person_id=person_id, thing_key="talk.topic", thing_id=topic_id).order_by()[:1]


@hears(SpaceChanged, name="talk.search_of_spaces")
def find_anew(told: Told[SpaceChanged]) -> None:
    """Who finds what, after a space began or ceased to show each member only their own topics."""
    if told.fact.sight_changed:
        for topic in Topic.objects.here().filter(space=told.fact.space).select_related("space").iterator():
            keep_topic(topic)
            keep_replies(topic)


@hears(SpaceJoined, name="talk.caught_up")
def begin_here(told: Told[SpaceJoined]) -> None:
    """Who comes into a closed space could read nothing of it before: what stands there already is not new for them."""
    space, by = Space.objects.filter(id=told.fact.space).first(), actors.of_person(told.fact.person)
    if space and space.is_closed and may_keep_place(by):
        catch_up(space, by=by, to=ids.at(told.at))


@hears(Marked, name="talk.notices_of_thanks")
def tell_of_thanks(told: Told[Marked]) -> None:
    """Thanks go to the person; the other signs stand where they were left. Thanks taken back meanwhile are not told."""
    fact = told.fact
    stands = Mark.objects.filter(topic=fact.topic, reply=fact.reply, person=told.by_id, sign=fact.sign)
    topic = Topic.objects.here().filter(id=fact.topic).select_related("space").first()
    if fact.sign == SignKey.THANKS and topic and stands.exists():
        thing = ("talk.reply", fact.reply) if fact.reply else ("talk.topic", fact.topic)
        within = [("talk.topic", topic.id), topic.space.reference]
        tell(told_of(topic, {fact.author}), "talk.thanks", thing, by=speaker(told.by_id), within=within)


@hears(AnswerAccepted, name="talk.notices_of_accepted_answers")
def tell_of_acceptance(told: Told[AnswerAccepted]) -> None:
    """Whose reply settled the question, while it still does."""
    fact = told.fact
    topic = Topic.objects.here().filter(id=fact.topic, accepted=fact.reply).select_related("space").first()
    if topic:
        thing, within = ("talk.reply", fact.reply), [("talk.topic", topic.id), topic.space.reference]
        tell(told_of(topic, {fact.author}), "talk.settled", thing, by=speaker(told.by_id), within=within)


def answered_by(reply: Reply) -> set[int]:
    """Whose words a reply answers or quotes."""
    quoted = {mark.reply_id for mark in quote_marks(reply.html)} | ({reply.answers_id} if reply.answers_id else set())
    return set(Reply.objects.filter(id__in=quoted, topic=reply.topic_id).values_list("author_id", flat=True))


@hears(IdeaAnswered, name="talk.notices_of_ideas")
def tell_of_outcome(told: Told[IdeaAnswered]) -> None:
    """The idea's author and who voted for it, of the word that holds now."""
    fact = told.fact
    topic = Topic.objects.here().filter(id=fact.topic).select_related("space").first()
    latest = Outcome.objects.filter(topic=fact.topic).order_by("-id").first()
    if topic and latest and latest.id == fact.outcome:
        voters = IdeaVote.objects.filter(topic=topic).values_list("person_id", flat=True)
        tell(told_of(topic, {topic.author_id, *voters}), "talk.idea", ("talk.topic", topic.id), by=speaker(told.by_id))


@hears(PageFound, name="talk.cards")
def show_card(told: Told[PageFound]) -> None:
    """The topics in which its address stands."""
    tell_of_card(told.fact.page)


@hears(DirectMessageSent, name="talk.notices_of_direct_messages")
def tell_of_message(told: Told[DirectMessageSent]) -> None:
    """Who takes part and has not read it yet; whom it asks."""
    message = DirectMessage.objects.filter(id=told.fact.message, presence="here").first()
    if message is None:
        return
    thing, by = ("talk.direct", message.exchange_id), speaker(told.by_id)
    places = Participant.objects.filter(exchange=message.exchange_id, read_to__lt=message.id, since_id__lt=message.id)
    tell(places.taking_part().values_list("person_id", flat=True), MESSAGE, thing, by=by)
    asked = places.filter(state=Participant.State.INVITED, request_id=message.id)
    tell(asked.values_list("person_id", flat=True), REQUEST, thing, by=by)


@hears(DirectJoined, name="talk.notices_of_groups")
def tell_of_group(told: Told[DirectJoined]) -> None:
    """Whom somebody added to a group, or asks whether they want to be in it."""
    place = Participant.objects.within().filter(exchange=told.fact.exchange, person=told.fact.person).first()
    if place:
        kind = REQUEST if place.is_asked else ADDED
        tell([place.person_id], kind, ("talk.direct", place.exchange_id), by=speaker(told.by_id))


def told_of(topic: Topic, people: Collection[int]) -> set[int]:
    """Of these people those who may see the topic."""
    if not people:
        return set()
    readers = readers_among(topic.space, people)
    if not topic.space.ask_team:
        return readers
    return readers_among(topic.space, people, all_questions=True) | (readers & {topic.author_id})


def speaker(person_id: int | None) -> Actor:
    return actors.of_person(person_id) if person_id else actors.VISITOR
