"""Saying which reply settled a question, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.talk import finding, policy
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import AcceptanceTakenBack, AnswerAccepted
from stoa.community.talk.models import Reply, Topic


def accept_answer(reply: Reply, *, by: Actor) -> Reply:
    """This reply settled the question; another one that did so before gives way."""
    with transaction.atomic():
        topic = _may_be_judged(reply, by)
        if not as_it_stands(reply).is_here:
            raise NotPossible(_("This reply is no longer there."), _("Choose another one."))
        if topic.accepted_id != reply.id:
            Topic.objects.filter(id=topic.id).update(accepted=reply)
            topic.accepted = reply
            finding.narrow_topic(topic)
            announce(AnswerAccepted(reply.id, topic.id, topic.space_id, reply.author_id), by=by)
    return reply


def take_acceptance_back(reply: Reply, *, by: Actor) -> Reply:
    """The question is open again. One that was not accepted changes nothing."""
    with transaction.atomic():
        topic = _may_be_judged(reply, by)
        if Topic.objects.filter(id=topic.id, accepted=reply).update(accepted=None):
            topic.accepted = None
            finding.narrow_topic(topic)
            announce(AcceptanceTakenBack(reply.id, topic.id, topic.space_id), by=by)
    return reply


def _may_be_judged(reply: Reply, by: Actor) -> Topic:
    topic = as_it_stands(reply.topic)
    if not policy.may_accept(by, topic):
        raise NotAllowed(_("You cannot accept answers here."), _("Who asked can, and the space's moderators."))
    return topic
