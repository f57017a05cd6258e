"""Adding, editing and withdrawing a reply."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.text import Authored
from stoa.community.talk import finding, newcomers, policy
from stoa.community.talk.actions.cards import ask_for_cards
from stoa.community.talk.actions.counting import recount
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.actions.slow_mode import keep_pace
from stoa.community.talk.actions.topics import written_or_invalid
from stoa.community.talk.actions.versions import keep_version
from stoa.community.talk.calls import called_before
from stoa.community.talk.facts import ReplyAdded, ReplyEdited, ReplyWithdrawn
from stoa.community.talk.models import Presence, Reply, Topic
from stoa.spaces.actions.calling import take_call
from stoa.spaces.actions.keeping_out import refuse_restricted
from stoa.spaces.calling import callable_by


def add_reply(topic: Topic, *, source: str, by: Actor, answers: Reply | None = None) -> Reply:
    """Adds a reply at the end of a topic, perhaps in answer to one of its replies."""
    written = written_or_invalid(source, callable_by(by, topic.space))
    with transaction.atomic():
        as_it_stands(topic)
        if topic.presence == Presence.MERGED:
            raise NotPossible(
                _("This topic has become part of another one meanwhile."), _("Its address leads there now.")
            )
        if topic.is_closed:
            raise NotPossible(_("This topic is closed."), _("Open a new topic and link to this one."))
        refuse_restricted(topic.space, by=by)
        if not policy.may_reply(by, topic):
            raise NotAllowed(_("You cannot reply here."), _("Join the space to take part."))
        newcomers.check_replies(topic.space, by=by)
        newcomers.check_text(written, topic.space, by=by)
        keep_pace(topic, by)
        take_call(written.groups, topic.space, by=by)
        now = clock.now()
        reply = Reply(
            topic=topic,
            author_id=by.own_id,
            added_at=now,
            answers=answers if answers and answers.topic_id == topic.id else None,
        )
        reply.set_text(files.take_pictures(written, ("talk.reply", reply.id), by=by))
        reply.save(force_insert=True)
        first_answer = topic.answered_at is None and topic.author_id != by.person_id
        Topic.objects.filter(id=topic.id).update(
            replies_count=F("replies_count") + 1, bumped_at=now, last_reply_by=by.person_id,
            **({"answered_at": now} if first_answer else {}),
        )  # fmt: skip
        finding.keep_reply(reply)
        if first_answer:
            topic.answered_at = now
            finding.narrow_topic(topic)
        ask_for_cards(reply, by=by)
        announce(ReplyAdded(reply.id, topic.id, topic.space_id, first_answer, tuple(sorted(written.person_ids))), by=by)
    topic.refresh_from_db(fields=["replies_count", "bumped_at", "last_reply_by", "answered_at"])
    return reply


def edit_reply(reply: Reply, *, source: str, by: Actor, why: str = "") -> Reply:
    """Changes the text; the author's alone. What stood before is kept, unless it stood only for a moment."""
    written = written_or_invalid(source, called_before(reply, reply.topic.space, by))
    with transaction.atomic():
        if not policy.may_edit_reply(by, as_it_stands(reply)):
            raise NotAllowed(_("You cannot edit this reply."), _("Only its author can, while the space takes writing."))
        newcomers.check_text(written, reply.topic.space, by=by)
        keep_version(reply, "", written.source, why)
        reply.set_text(files.take_pictures(written, ("talk.reply", reply.id), by=by))
        reply.save(update_fields=["edited_at", *Authored.TEXT_FIELDS])
        finding.keep_reply(reply)
        ask_for_cards(reply, by=by, is_new=False)
        announce(ReplyEdited(reply.id, reply.topic_id, reply.topic.space_id), by=by)
    return reply


def withdraw_reply(reply: Reply, *, by: Actor) -> Reply:
    """The author takes their reply back."""
    with transaction.atomic():
        if not policy.may_withdraw(by, as_it_stands(reply)):
            raise NotAllowed(_("You cannot withdraw this reply."), _("Only its author can."))
        reply.presence = Presence.WITHDRAWN
        reply.save(update_fields=["presence"])
        recount(reply.topic)
        finding.drop_reply(reply)
        announce(ReplyWithdrawn(reply.id, reply.topic_id, reply.topic.space_id), by=by)
    return reply
