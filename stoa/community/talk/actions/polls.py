"""Voting in a poll. The ballot is secret: neither its row, nor the fact, nor a log says whose it is."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stoa.base import actors, ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.talk import policy
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import PollVotedIn
from stoa.community.talk.models import Ballot, Poll, PollOption, Topic

RANDOM_BITS = 22


def vote_in(topic: Topic, chosen: Collection[int], *, by: Actor) -> Topic:
    """Gives a ballot (ids of options), or changes one's own while the poll is open; an empty one takes it back."""
    with transaction.atomic():
        if not policy.may_vote_in(by, as_it_stands(topic)):
            raise NotAllowed(_("You cannot vote here."), _("Join the space to vote: its members decide."))
        poll = Poll.objects.select_for_update(of=("self",)).get(topic=topic)
        poll.topic = topic
        picked = _checked(poll, chosen)
        ballot = Ballot.objects.filter(poll=poll, voter=poll.voter(by.own_id)).first()
        if picked != (ballot.chosen if ballot else []):
            _count(poll, ballot, picked, poll.voter(by.own_id))
            announce(PollVotedIn(topic.id, topic.space_id), by=actors.system("talk"))
    topic.refresh_from_db(fields=["votes_count"])
    return topic


def _checked(poll: Poll, chosen: Collection[int]) -> list[int]:
    if not poll.is_open:
        raise NotPossible(_("This poll is closed."), _("Its results stay here."))
    known = list(PollOption.objects.filter(poll=poll).order_by("place").values_list("id", flat=True))
    picked = [option for option in known if option in set(chosen)]
    if len(picked) != len(set(chosen)) or (len(picked) > 1 and not poll.takes_several):
        raise Invalid(_("Choose one of the options.") if not poll.takes_several else _("Choose among the options."))
    return picked


def _count(poll: Poll, ballot: Ballot | None, picked: list[int], voter: str) -> None:
    """Puts the ballot in place of the one before; the counters follow."""
    if ballot:
        PollOption.objects.filter(id__in=ballot.chosen).update(votes_count=F("votes_count") - 1)
        ballot.delete()
    if picked:
        Ballot.objects.create(id=_timeless(poll), poll=poll, voter=voter, chosen=picked)
        PollOption.objects.filter(id__in=picked).update(votes_count=F("votes_count") + 1)
    change = bool(picked) - bool(ballot)
    if change:
        Topic.objects.filter(id=poll.topic_id).update(votes_count=F("votes_count") + change)


def _timeless(poll: Poll) -> int:
    """An id at the poll's own time, so that it cannot be laid beside a log of who was here when."""
    low = ids.at(poll.topic.opened_at)
    while True:
        number = low + (ids.new() & ((1 << RANDOM_BITS) - 1))
        if not Ballot.objects.filter(id=number).exists():
            return number
