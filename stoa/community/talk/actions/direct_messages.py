"""Direct messages: sending, reading, withdrawing; hiding and restoring by a decision."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.talk import policy
from stoa.community.talk.actions.topics import written_or_invalid
from stoa.community.talk.facts import (
    DirectMessageHidden,
    DirectMessageRestored,
    DirectMessageSent,
    DirectMessageWithdrawn,
)
from stoa.community.talk.models import DirectMessage, Exchange, Participant, Presence
from stoa.community.talk.reaching import not_now
from stoa.people.actions.notice import read_about


def send_message(exchange: Exchange, *, source: str, by: Actor) -> DirectMessage:
    """Writes in an exchange in which one takes part, and where somebody reads it."""
    with transaction.atomic():
        exchange = Exchange.objects.select_for_update().get(id=exchange.id)
        everybody = list(Participant.objects.filter(exchange=exchange).select_related("person").order_by("id"))
        mine = next((each for each in everybody if each.person_id == by.person_id), None)
        if mine is None or not mine.takes_part or not policy.may_write_directly(by):
            raise NotAllowed(_("You cannot write here."), _("Only those can who take part and are not suspended."))
        if reason := not_now(exchange, everybody, by):
            raise NotPossible(reason)
        return put_message(exchange, source, by)


def put_message(exchange: Exchange, source: str, by: Actor, *, is_request: bool = False) -> DirectMessage:
    """Within the transaction that has checked it. A request holds no pictures: who asks is not known yet."""
    written = written_or_invalid(source)
    if is_request and written.file_ids:
        raise Invalid(
            _("This message asks somebody who does not know you yet: it can hold no pictures."),
            _("Send them once your request is accepted."), field="source",
        )  # fmt: skip
    now = clock.now()
    message = DirectMessage(exchange=exchange, author_id=by.own_id, sent_at=now)
    message.set_text(files.take_pictures(written, ("talk.direct_message", message.id), by=by))
    message.save(force_insert=True)
    Exchange.objects.filter(id=exchange.id).update(last_at=now)
    _read_up_to(exchange, message.id, by)
    announce(DirectMessageSent(exchange.id, message.id), by=by)
    return message


def read_exchange(exchange: Exchange, to: int, *, by: Actor) -> None:
    """This person has read up to the id `to`, as far as they may see it. It never goes back. No fact: nobody else is to know."""
    seen = DirectMessage.objects.visible_to(by).filter(exchange=exchange)
    last = seen.filter(id__lte=to).order_by("-id").values_list("id", flat=True).first()
    with transaction.atomic():
        if last:
            _read_up_to(exchange, last, by)
        if not seen.heard_by(by).filter(id__gt=last or 0).exists():
            read_about("talk.direct", [exchange.id], by=by)


def _read_up_to(exchange: Exchange, number: int, by: Actor) -> None:
    Participant.objects.visible_to(by).filter(exchange=exchange, read_to__lt=number).update(read_to=number)


def withdraw_message(message: DirectMessage, *, by: Actor) -> DirectMessage:
    """The author takes their message back; a suspended author still may, since the words are theirs."""
    with transaction.atomic():
        _as_it_stands(message)
        if message.author_id != by.person_id or not message.is_here:
            raise NotAllowed(_("You cannot withdraw this message."), _("Only its author can."))
        _set_presence(message, Presence.WITHDRAWN)
        announce(DirectMessageWithdrawn(message.exchange_id, message.id), by=by)
    return message


def hide_message(message: DirectMessage, *, by: Actor) -> bool:
    """By a decision, of which the moderation room has asked its own policy: nobody but the author sees it any more. Says whether it did."""
    with transaction.atomic():
        if not _as_it_stands(message).is_here:
            return False
        _set_presence(message, Presence.HIDDEN)
        announce(DirectMessageHidden(message.exchange_id, message.id), by=by)
    return True


def restore_message(message: DirectMessage, *, by: Actor) -> None:
    """Undoes `hide_message`."""
    with transaction.atomic():
        if _as_it_stands(message).presence == Presence.HIDDEN:
            _set_presence(message, Presence.HERE)
            announce(DirectMessageRestored(message.exchange_id, message.id), by=by)


def _as_it_stands(message: DirectMessage) -> DirectMessage:
    rows = DirectMessage.objects.select_for_update(of=("self",))
    message.refresh_from_db(fields=["presence"], from_queryset=rows)
    return message


def _set_presence(message: DirectMessage, presence: Presence) -> None:
    message.presence = presence
    message.save(update_fields=["presence"])
