"""The demo's ideas, polls and announcements, with their votes and what became of them."""

from collections.abc import Iterator

from stoa.base import ids, search
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.text import write
from stoa.community.talk import finding
from stoa.community.talk.facts import IdeaAnswered, IdeaStatus, TopicOpened
from stoa.community.talk.models import Ballot, IdeaVote, Outcome, Poll, PollOption, Topic, TopicTag
from stoa.demo_guild.belonging import memberships
from stoa.demo_guild.kinds import Special, specials


def fill(story: Story) -> None:
    """All of them, each as its actions would have left it."""
    for told in specials():
        topic = _topic(story, told)
        topic.save(force_insert=True)
        TopicTag.objects.bulk_create([TopicTag(topic=topic, name=name) for name in told.tags])
        announce_past([Past(TopicOpened(topic.id, topic.space_id), topic.opened_at, topic.author_id)])
        if told.kind == "idea":
            announce_past(list(_idea(story, told, topic)))
        if told.kind == "poll":
            _poll(story, told, topic)
        search.index(finding.topic_document(topic, topic.space))


def _topic(story: Story, told: Special) -> Topic:
    with story.at(story.ago(told.offset)):
        topic = Topic(
            space_id=story.id_of("space", told.space), author_id=story.id_of("person", told.author), kind=told.kind,
            title=told.title, votes_count=len(_voters(story, told)),
        )  # fmt: skip
    topic.set_text(write(told.body))
    if told.kind == "idea":
        topic.status = told.said[-1].status if told.said else Topic.Status.OPEN
    topic.tagged = " ".join(told.tags)
    if told.kind == "announcement" and told.lasts:
        topic.pinned_until = topic.opened_at + told.lasts
    story.remember("topic", told.key, topic.id)
    return topic


def _voters(story: Story, told: Special) -> list[int]:
    """Members of the space, the author among them."""
    there = [key for key in memberships(story.seed, story.scale)[told.space] if story.known("person", key)]
    chosen = story.dice(f"votes {told.key}").sample(there, min(told.votes, len(there)))
    return [story.id_of("person", key) for key in chosen]


def _idea(story: Story, told: Special, topic: Topic) -> Iterator[Past]:
    dice, voters = story.dice(f"moments {told.key}"), _voters(story, told)
    for voter in voters:
        with story.at(story.ago(told.offset * dice.random())):
            IdeaVote(topic=topic, person_id=voter).save(force_insert=True)
    for each in told.said:
        with story.at(story.ago(each.offset)):
            said = Outcome(topic=topic, author_id=story.id_of("person", each.by), status=each.status)
        said.set_text(write(each.body))
        said.save(force_insert=True)
        fact = IdeaAnswered(topic.id, topic.space_id, said.id, IdeaStatus(each.status))
        yield Past(fact, said.said_at, said.author_id)


def _poll(story: Story, told: Special, topic: Topic) -> None:
    closes_at = topic.opened_at + told.lasts if told.lasts else None
    with story.at(topic.opened_at):
        poll = Poll(topic=topic, takes_several=told.takes_several, closes_at=closes_at)
        options = [PollOption(poll=poll, place=place, words=words) for place, words in enumerate(told.options)]
    dice, ballots = story.dice(f"ballots {told.key}"), []
    for number, voter in enumerate(_voters(story, told)):
        picked = dice.sample(options, dice.randint(1, 2) if told.takes_several else 1)
        for option in picked:
            option.votes_count += 1
        chosen = [option.id for option in sorted(picked, key=lambda each: each.place)]
        ballots.append(Ballot(id=ids.at(topic.opened_at) + number, poll=poll, voter=poll.voter(voter), chosen=chosen))
    poll.save(force_insert=True)
    PollOption.objects.bulk_create(options)
    Ballot.objects.bulk_create(ballots)
