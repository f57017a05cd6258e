"""Voting for an idea, and saying what becomes of it."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.base.text import Written, write
from stoa.community.talk import finding, policy
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import IdeaAnswered, IdeaStatus, IdeaVotedFor, IdeaVoteTakenBack
from stoa.community.talk.models import IdeaVote, Outcome, Topic


def vote_for(topic: Topic, *, by: Actor) -> Topic:
    """One vote of one person; voting twice changes nothing."""
    with transaction.atomic():
        _may_vote(topic, by)
        _vote, is_new = IdeaVote.objects.get_or_create(topic=topic, person_id=by.own_id)
        if is_new:
            Topic.objects.filter(id=topic.id).update(votes_count=F("votes_count") + 1)
            announce(IdeaVotedFor(topic.id, topic.space_id), by=by)
    topic.refresh_from_db(fields=["votes_count"])
    return topic


def take_vote_back(topic: Topic, *, by: Actor) -> Topic:
    """Takes one's own vote away; one that is not there is already gone."""
    with transaction.atomic():
        _may_vote(topic, by)
        gone, _rows = IdeaVote.objects.filter(topic=topic, person_id=by.own_id).delete()
        if gone:
            Topic.objects.filter(id=topic.id).update(votes_count=F("votes_count") - 1)
            announce(IdeaVoteTakenBack(topic.id, topic.space_id), by=by)
    topic.refresh_from_db(fields=["votes_count"])
    return topic


def answer_idea(topic: Topic, *, status: str, source: str, by: Actor) -> Outcome:
    """Says in public what becomes of an idea. Its author and who voted for it are told."""
    if status not in Topic.Status.values:
        raise Invalid(_("Choose what becomes of it."), field="status")
    written = write(source)
    if written.is_empty and status != Topic.Status.OPEN:
        raise Invalid(_("Say why, in a sentence or two."), field="source")
    check_outcome(written)
    with transaction.atomic():
        if not policy.may_answer_idea(by, as_it_stands(topic)):
            raise NotAllowed(_("You cannot answer this idea."), _("The space's moderators can."))
        outcome = Outcome(topic=topic, author_id=by.own_id, status=status)
        outcome.set_text(written)
        outcome.save(force_insert=True)
        topic.status = status
        topic.save(update_fields=["status"])
        finding.keep_topic(topic)
        announce(IdeaAnswered(topic.id, topic.space_id, outcome.id, IdeaStatus(status)), by=by)
    return outcome


def check_outcome(written: Written) -> None:
    """What an answer to an idea may hold."""
    if written.file_ids:
        raise Invalid(_("A picture cannot stand here."), _("Put it into a reply."), field="source")


def _may_vote(topic: Topic, by: Actor) -> None:
    if not policy.may_vote_for(by, as_it_stands(topic)):
        raise NotAllowed(_("You cannot vote for this."), _("Join the space; decided ideas take no more votes."))
