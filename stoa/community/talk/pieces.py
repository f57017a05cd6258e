"""What a topic's page shows by its kind: an idea's votes and what became of it; a poll with its options and, when they may be
seen, its results. Queries only where the kind needs them."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from stoa.base.actors import Actor
from stoa.base.text import show_each
from stoa.community.talk import policy
from stoa.community.talk.looks import STATUSES, Look
from stoa.community.talk.models import Ballot, IdeaVote, Outcome, Poll, PollOption, Topic


@dataclass(frozen=True)
class IdeaPiece:
    """`outcomes` has the latest first; `shown` is how each reads for this reader."""

    outcomes: list[Outcome]
    shown: dict[int, Markup]
    voted: bool
    may_vote: bool
    may_answer: bool

    @classmethod
    def of(cls, topic: Topic, actor: Actor) -> "IdeaPiece":
        outcomes = list(Outcome.objects.of_page(topic))
        own = actor.person_id and IdeaVote.objects.filter(topic=topic, person_id=actor.person_id)
        return cls(
            outcomes,
            show_each(outcomes, to=actor),
            voted=bool(own and own.exists()),
            may_vote=policy.may_vote_for(actor, topic),
            may_answer=policy.may_answer_idea(actor, topic),
        )

    @property
    def statuses(self) -> list[Look]:
        return list(STATUSES.values())

    def status_at(self, outcome: Outcome) -> Look:
        return STATUSES[outcome.status]


@dataclass(frozen=True)
class Choice:
    """One option as the reader sees it; `votes` None while the results are not shown."""

    option: PollOption
    mine: bool
    votes: int | None
    share: int


@dataclass(frozen=True)
class PollPiece:
    """A poll as this reader sees it."""

    poll: Poll
    choices: list[Choice]
    voted: bool
    may_vote: bool
    shows_results: bool
    must_join: bool

    @classmethod
    def of(cls, topic: Topic, actor: Actor) -> "PollPiece | None":
        poll = Poll.objects.filter(topic=topic).first()
        if poll is None:
            return None
        poll.topic = topic
        own = own_choice(poll, actor)
        shows = not poll.is_open or (bool(own) and poll.shows == Poll.Shows.AFTER_VOTING)
        options = PollOption.objects.filter(poll=poll).order_by("place")
        choices = [_choice(each, own, topic.votes_count, shows) for each in options]
        may_vote = policy.may_vote_in(actor, topic) and poll.is_open
        must_join = poll.is_open and not may_vote and policy.may_mark(actor, topic)
        return cls(poll, choices, bool(own), may_vote, shows, must_join)

    @property
    def closes_at(self) -> datetime | None:
        return self.poll.closes_at


def own_choice(poll: Poll, actor: Actor) -> list[int]:
    """The ids of the options that this actor chose."""
    if actor.person_id is None:
        return []
    ballot = Ballot.objects.filter(poll=poll, voter=poll.voter(actor.person_id)).first()
    return list(ballot.chosen) if ballot else []


def _choice(option: PollOption, own: list[int], voters: int, shows: bool) -> Choice:
    votes = option.votes_count if shows else None
    return Choice(option, option.id in own, votes, round(100 * option.votes_count / voters) if shows and voters else 0)
