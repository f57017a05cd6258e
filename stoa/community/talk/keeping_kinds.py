"""What this room keeps of a person beside their words: votes, ballots, polls, what they said of ideas. Gives it out, and forgets it."""

from typing import Any

from django.db.models import F

from stoa.base.text import Authored
from stoa.community.talk import finding
from stoa.community.talk.models import Ballot, IdeaVote, Outcome, Poll, PollOption, Topic, TopicTag
from stoa.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Their votes, and their own ballots: found for them alone."""
    return {
        "votes_for_ideas": [
            {"topic": row.topic.shown_id, "at": row.at.isoformat()}
            for row in IdeaVote.objects.filter(person=person).select_related("topic").order_by("id")
        ],
        "ballots": [
            {"topic": ballot.poll.topic.shown_id, "chosen": _words(ballot)} for ballot in _ballots_of(person, Poll.objects.all())
        ],
        "options_of_polls": [
            {"topic": row.poll.topic.shown_id, "words": row.words}
            for row in PollOption.objects.filter(poll__topic__author=person).select_related("poll__topic").order_by("id")
        ],
        "tags": sorted(set(TopicTag.objects.filter(topic__author=person).values_list("name", flat=True))),
        "answers_to_ideas": [
            {"topic": row.topic.shown_id, "status": row.status, "text": row.source, "at": row.said_at.isoformat()}
            for row in Outcome.objects.filter(author=person).select_related("topic").order_by("id")
        ],
    }  # fmt: skip


def erase(person: Person) -> None:
    """Takes their votes out of every count that is still open. A poll that has closed keeps its result, and can no longer tell whose
    ballot was whose."""
    for vote in IdeaVote.objects.filter(person=person):
        Topic.objects.filter(id=vote.topic_id).update(votes_count=F("votes_count") - 1)
        vote.delete()
    for ballot in _ballots_of(person, Poll.objects.all()):
        _forget(ballot)
    for outcome in Outcome.objects.filter(author=person).select_related("topic__space"):
        outcome.erase_text()
        outcome.save(update_fields=Authored.TEXT_FIELDS)
        if outcome.topic.is_here:
            finding.keep_topic(outcome.topic)
    TopicTag.objects.filter(topic__author=person).delete()
    PollOption.objects.filter(poll__topic__author=person).update(words="—")


def _forget(ballot: Ballot) -> None:
    if not ballot.poll.is_open:
        ballot.voter = ""
        ballot.save(update_fields=["voter"])
        return
    PollOption.objects.filter(id__in=ballot.chosen).update(votes_count=F("votes_count") - 1)
    Topic.objects.filter(id=ballot.poll.topic_id).update(votes_count=F("votes_count") - 1)
    ballot.delete()


def _ballots_of(person: Person, polls: Any) -> list[Ballot]:
    """One's own ballots, found by the key of each poll."""
    voters = [poll.voter(person.id) for poll in polls.iterator()]
    return list(Ballot.objects.filter(voter__in=voters).select_related("poll__topic").order_by("id"))


def _words(ballot: Ballot) -> list[str]:
    return list(PollOption.objects.filter(id__in=ballot.chosen).order_by("place").values_list("words", flat=True))
