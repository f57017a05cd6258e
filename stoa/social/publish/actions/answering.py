"""Answering on the network: the same ledger as a post, without a post."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.things import Reference
from stoa.base.work import wake
from stoa.social.networks.checking import objections
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Replies
from stoa.social.publish import policy
from stoa.social.publish.actions.planning import new_delivery
from stoa.social.publish.models import Delivery
from stoa.social.publish.outgoing import freeze, outgoing


def answer_on_network(
    channel: Channel, *, answers: str, text: str, by: Actor, about: Reference = ("", 0), language: str = "",
    addressed: bool = False,
) -> Delivery:  # fmt: skip
    """Plans an answer to the post with the remote id `answers`, due at once. `about` is the conversation that it belongs to;
    `addressed`: it names, answers or quotes us, without which some networks take no answer."""
    if not policy.may_answer(by, channel):
        raise NotAllowed(_("You may not answer on this channel."))
    if channel.state == "disconnected" or channel.is_by_hand or not isinstance(channel.connector, Replies):
        raise NotPossible(_("One cannot answer on this channel from here."))
    if reason := why_refused(channel, addressed=addressed):
        raise NotPossible(reason, _("Answer there by hand."))
    now = clock.now()
    content = freeze(text.strip(), language=language)
    for objection in objections(outgoing(content, key="check", made_at=now, at=now, answers=answers), channel.rules):
        raise Invalid(objection.reason, objection.mend, field=objection.field)
    reference = (about[0], about[1] or None)
    with transaction.atomic():
        delivery = new_delivery(channel, content, at=now, by=by, about=reference, answers=answers)
        wake.after_commit()
    return delivery


def why_refused(channel: Channel, *, addressed: bool) -> str:
    """Why this network would refuse the answer, known before it is written; empty when it takes it."""
    if addressed or channel.is_by_hand or channel.rules.answers == "anyone":
        return ""
    return _("This reply will be refused: there one may answer only who has named, answered or quoted the account.")
