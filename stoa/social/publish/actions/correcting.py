"""Correcting what is out: other words for a published delivery, at the network where it can, by hand where it cannot.

The same law as for sending: the attempt is written before the byte, and an outcome that is not known is read back. Until the network has
said yes the delivery holds what it held.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.models.site import site
from stoa.base.work import wake
from stoa.social.networks.actions import hold_over
from stoa.social.networks.checking import objections
from stoa.social.networks.protocol import Edits
from stoa.social.publish import gates, policy
from stoa.social.publish.actions import turns
from stoa.social.publish.actions.confirming import kept
from stoa.social.publish.actions.deciding import kept_still, locked
from stoa.social.publish.facts import CorrectionAnswered, CorrectionAsked
from stoa.social.publish.framing import frame
from stoa.social.publish.models import Correction, Delivery
from stoa.social.publish.models.correction import ASKED, DONE, REFUSED
from stoa.social.publish.models.link import address_of
from stoa.social.publish.outgoing import freeze, hash_of, outgoing
from stoa.social.publish.picturing import credit_of, shown_in


def can_be_edited(delivery: Delivery) -> bool:
    """Whether the network changes the words of what is out, for us."""
    by_interface = delivery.channel.is_connected and not delivery.channel.is_by_hand
    return by_interface and isinstance(delivery.channel.connector, Edits) and bool(delivery.network_id)


def why_not_corrected(delivery: Delivery) -> tuple[str, str]:
    """(the reason, the way to mend it) when its words cannot be corrected at all; empty when they can, there or by hand."""
    if delivery.erased_at:
        return _("Its words were erased at the author's request."), ""
    if not delivery.is_published:
        return _("There is nothing to correct: it is not out."), _("What has not gone out is changed before it goes.")
    if delivery.takedown:
        return _("It is being taken down, or should be."), _("Write a new one instead.")
    if not delivery.channel.is_connected:
        return _("This channel is not connected."), _("Connect it again first.")
    if delivery.corrections.asked().exists():
        return _("A correction is on its way already."), _("Wait for what the network says.")
    return "", ""


def correct_delivery(delivery: Delivery, words: str, *, by: Actor) -> Correction:
    """Asks the network for other words. Credit and link stay; the gates are asked of the new words. A worker speaks to the network."""
    with transaction.atomic():
        row = judged(delivery, words, by=by)
        if not can_be_edited(row):
            raise NotPossible(*why_by_hand(row))
        hold = hold_over(row.channel_id)
        if stopped := hold.reason if hold else site().paused_reason:
            said = _("Sending is stopped here: %(reason)s") % {"reason": stopped}
            raise NotPossible(said, _("Let it go on first, or take the post down."))
        made = keep(row, words, by=by)
        turns.write(row, row.fence, due_at=clock.steady())
        announce(CorrectionAsked(row.id, row.channel_id), by=by)
        wake.after_commit()
    return made


def corrected_by_hand(delivery: Delivery, words: str, *, by: Actor) -> Correction:
    """A person has corrected it there, and says what stands there now."""
    with transaction.atomic():
        row = judged(delivery, words, by=by)
        if can_be_edited(row):
            raise NotPossible(_("This network can be asked to correct it."))
        made = keep(row, words, by=by, is_by_hand=True)
        take_over(row, made)
        kept(row, "edited")
        announce(CorrectionAnswered(row.id, row.channel_id, done=True), by=by)
    return made


def why_by_hand(delivery: Delivery) -> tuple[str, str]:
    """Why the network is not asked."""
    connector = delivery.channel.connector
    reason = "" if delivery.channel.is_by_hand or isinstance(connector, Edits) else connector.lacks.get("edits", "")
    return reason or _("This post is served by hand."), _("Correct it there and say so here, or take it down.")


def judged(delivery: Delivery, words: str, *, by: Actor) -> Delivery:
    """The row, locked, if these words may stand there: by our rules, by the network's, and by the gates."""
    if not policy.may_decide(by, delivery):
        raise NotAllowed(_("You may not correct this."))
    kept_still(delivery)
    row = locked(delivery)
    reason, mend = why_not_corrected(row)
    if reason:
        raise NotPossible(reason, mend)
    if not words.strip():
        raise Invalid(_("Write something."), field="text")
    content, now = content_with(row, words), clock.now()
    if hash_of(content, row.answers) == hash_of(row.content, row.answers):
        raise Invalid(_("These are the words that stand there."), field="text")
    answers = row.answers or ("check" if row.role != "post" else "")
    tried = outgoing(content, key="check", made_at=now, at=now, answers=answers)
    for objection in objections(tried, row.channel.rules):
        raise Invalid(objection.reason, objection.mend, field=objection.field if objection.field == "text" else "")
    if refused := refused_with(row, content):
        raise NotPossible(refused)
    return row


def refused_with(row: Delivery, content: dict[str, Any]) -> str:
    """What the gates say of this delivery with these words."""
    before, row.content = row.content, content
    try:
        return gates.refusal(row)
    finally:
        row.content = before


def content_with(row: Delivery, words: str) -> dict[str, Any]:
    """The words framed as they were: the same credit, link, card and pictures."""
    post, link = row.post, address_of(row.marker) if row.marker else ""
    pictures = shown_in(row.content)
    credit = credit_of(post) if post and row.role == "post" else ""
    framed = frame(
        words, rules=row.channel.rules, credit=credit, link=link,
        card_title=post.card_title if post else "", pictures=pictures,
    )  # fmt: skip
    return freeze(framed.text, link=link, card=framed.card, pictures=pictures, language=row.content.get("language", ""))


def words_of(delivery: Delivery) -> str:
    """What somebody typed for what stands there now: of the last correction, else of its variant, if that is all of it."""
    last = delivery.corrections.filter(state=DONE).order_by("-id").first()
    if last is not None:
        return last.words
    variant = getattr(delivery, "variant", None)
    is_all = variant is not None and content_with(delivery, variant.words)["text"] == delivery.text
    return variant.words if variant is not None and is_all else delivery.text


def keep(row: Delivery, words: str, *, by: Actor, is_by_hand: bool = False) -> Correction:
    content = content_with(row, words)
    return Correction.objects.create(
        delivery=row, words=words.strip(), before=row.content, content=content, is_by_hand=is_by_hand,
        request_hash=hash_of(content, row.answers), by_id=by.person_id,
    )  # fmt: skip


def take_over(row: Delivery, made: Correction, **told: Any) -> None:
    """It stands there with these words."""
    Delivery.objects.filter(id=row.id).update(content=made.content, request_hash=made.request_hash, **told)
    row.content, row.request_hash = made.content, made.request_hash
    Correction.objects.filter(id=made.id).update(state=DONE, ended_at=clock.now(), answer="", mend="")


def give_up(delivery_id: int, answer: str) -> None:
    """What was asked for is not asked for any more."""
    asked = Correction.objects.filter(delivery=delivery_id, state=ASKED)
    asked.update(state=REFUSED, ended_at=clock.now(), answer=answer[:300], mend="")
