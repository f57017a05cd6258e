"""Asking for a newsletter, agreeing by the link that came by mail, and ending it.

Whoever asks learns nothing of whether an address is known: the answer is the same, and a letter goes out either way. Nothing is kept of
who asked before they agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stoa.base import clock, limits
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, TooMany
from stoa.base.mail import compose, write_letter
from stoa.social.networks.newsletter.home.addresses import digest_of, normal
from stoa.social.networks.newsletter.home.models import Mail, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.models.subscriber import (
    BOUNCED,
    COMPLAINED,
    CONFIRMED,
    ENDED,
    PROVEN,
    SUBSCRIBED,
    UNSUBSCRIBED,
    Subscribers,
)  # fmt: skip
from stoa.social.networks.newsletter.home.signing import Asked, choice_address, consent_address

KIND = "newsletter.asked"
KEPT = timedelta(days=365)
LETTERS, WITHIN = 3, timedelta(hours=6)  # to one address, whoever asks
COMPLAINERS = timedelta(days=30)  # within which whoever called it spam is asked once
IN_A_DAY = 3000  # letters that strangers can have sent by our pages, wherever they are


def ask_for(newsletters: Sequence[Newsletter], typed: str, *, language: str) -> None:
    """Sends the letter that asks for consent; to who gets all of them already, one that says so. Raises `Invalid`, and
    `TooMany` when all together asked too often."""
    address = normal(typed)
    if not address:
        raise Invalid(_("This is not an e-mail address that mail could reach."), field="address")
    if not newsletters:
        raise Invalid(_("Choose at least one newsletter."), field="newsletters")
    limits.take("newsletter requests", per=timedelta(days=1), allowed=IN_A_DAY)
    with transaction.atomic():
        if may_have_a_letter(address):
            write_to(address, newsletters, language)


def may_have_a_letter(address: str) -> bool:
    """Not more than a few: nobody's mailbox is filled from our pages. Whoever asks is not told."""
    complained = Subscriber.objects.known_as(address).filter(ended_because=COMPLAINED).exists()
    per, allowed = (COMPLAINERS, 1) if complained else (WITHIN, LETTERS)
    try:
        limits.take(f"newsletter to {address}", per=per, allowed=allowed)
    except TooMany:
        return False
    return True


def write_to(address: str, newsletters: Sequence[Newsletter], language: str) -> None:
    rows = {each.newsletter_id: each for each in Subscriber.objects.known_as(address).subscribed()}
    wanted = [each for each in newsletters if each.id not in rows]
    asked = Asked(address, tuple(each.id for each in wanted), language, int(clock.now().timestamp()))
    said = {
        "names": [each.name for each in wanted or newsletters],
        "consent": consent_address(asked) if wanted else "",
        "choices": "" if wanted else choice_address(next(iter(rows.values()))),
    }
    made = compose("newsletter/mail/asked.txt", said, language=language)
    write_letter(KIND, address=address, subject=made["subject"], text=made["text"])


def agree(asked: Asked) -> list[Newsletter]:
    """By the link in the letter. Who ended one of them after they asked does not get it again by an old link."""
    offered = list(Newsletter.objects.filter(id__in=asked.newsletters).order_by("name"))
    return [each for each in offered if _agree_to(each, asked)]


def _agree_to(newsletter: Newsletter, asked: Asked) -> bool:
    known = Subscriber.objects.known_as(asked.address).filter(newsletter=newsletter).first()
    if known and known.ended_at and known.ended_at.timestamp() >= asked.at:
        return False
    subscribe(newsletter, asked.address, consent=CONFIRMED, language=asked.language)
    return True


def subscribe_oneself(newsletter: Newsletter, *, by: Actor) -> Subscriber:
    """A member, at the address of their account: that it is theirs was proven when they joined."""
    must_be_member(by)
    address = normal(by.proven)
    if not address:
        raise NotAllowed(_("Your account has no address that is proven."), _("Enter your address instead."))
    return subscribe(newsletter, address, consent=PROVEN, language=by.language)


def end_own(newsletter: Newsletter, *, by: Actor) -> None:
    must_be_member(by)
    address = normal(by.proven)
    for each in Subscriber.objects.known_as(address).filter(newsletter=newsletter).subscribed() if address else ():
        end(each)


def must_be_member(by: Actor) -> None:
    if not by.is_member:
        raise NotAllowed(_("This is for members."), _("Enter your address on the newsletter's page instead."))


def subscribe(newsletter: Newsletter, address: str, *, consent: str, language: str) -> Subscriber:
    """The one row of this address on this list: made, or begun again."""
    digest, now = digest_of(address), clock.now()
    new = {"address": address, "language": language[:35], "consent": consent, "since": now}
    with transaction.atomic():
        known = Subscriber.objects.select_for_update().known_as(address).filter(newsletter=newsletter).first()
        if known is None:
            try:
                with transaction.atomic():
                    return Subscriber.objects.create(newsletter=newsletter, digest=digest, **new)
            except IntegrityError:
                return Subscriber.objects.get(newsletter=newsletter, digest=digest)
        if not known.is_subscribed:
            begun = {**new, "state": SUBSCRIBED, "ended_at": None, "ended_because": "", "brought": None}
            Subscriber.objects.filter(id=known.id).update(**begun, digest=digest)
            known.refresh_from_db()
    return known


def end(subscriber: Subscriber, because: str = UNSUBSCRIBED, *, mail_id: int = 0) -> bool:
    """Ends it, and forgets the address: what is kept of it only keeps it from being brought back. Of one that bounced it stays, to be
    seen, until they end it themselves. Doing so twice is fine; True the first time."""
    ended = {"state": ENDED, "ended_at": clock.now(), "ended_because": because}
    if because != BOUNCED:
        ended["address"] = ""
    with transaction.atomic():
        was = Subscriber.objects.filter(id=subscriber.id, state=SUBSCRIBED).update(**ended)
        if because != BOUNCED:
            forget(Subscriber.objects.filter(id=subscriber.id))
        if was and mail_id:
            mails = Mail.objects.filter(id=mail_id, subscriber=subscriber, ended_at=None)
            mails.update(ended_at=clock.now())
    return bool(was)


def forget(rows: Subscribers) -> int:
    """Of those that ended it no address is kept any more, nor what a mail server said of it. Gives of how many it was."""
    with transaction.atomic():
        ended = list(rows.filter(state=ENDED).select_for_update().values_list("id", flat=True))
        Mail.objects.filter(subscriber__in=ended).exclude(said="").update(said="")
        return Subscriber.objects.filter(id__in=ended).exclude(address="").update(address="")


def forget_bounced() -> None:
    """A mailbox that could not be reached is shown for a year, to be mended."""
    forget(Subscriber.objects.filter(ended_because=BOUNCED, ended_at__lt=clock.now() - KEPT).exclude(address=""))


def choose(subscriber: Subscriber, wanted: Sequence[int], *, language: str) -> list[Newsletter]:
    """What somebody chose on the page that a letter opened: what they left out ends, for what is new they are asked by mail. Gives
    what they were asked about."""
    address = subscriber.address
    if not address:
        return []
    own = list(Subscriber.objects.known_as(address).subscribed())
    with transaction.atomic():
        for each in own:
            if each.newsletter_id not in wanted:
                end(each)
        new = set(wanted) - {each.newsletter_id for each in own}
        asked = list(Newsletter.objects.offered().filter(id__in=new).order_by("name"))
        if asked and may_have_a_letter(address):
            write_to(address, asked, language)
    return asked
