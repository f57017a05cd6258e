"""What a person says is so, because they looked: it is there, at this address; it is not there any more."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.work import wake
from stoa.social.networks.handing import is_at
from stoa.social.publish import policy
from stoa.social.publish.actions import turns
from stoa.social.publish.actions.deciding import locked
from stoa.social.publish.actions.following import all_after, release
from stoa.social.publish.actions.handing import seen_at
from stoa.social.publish.facts import DeliveryPublished, DeliveryWithdrawn, TakedownAnswered
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.models.delivery import ASKS, HANDED, PLANNED, PUBLISHED, UNKNOWN, WITHDRAWN


def confirm_published(delivery: Delivery, address: str, *, by: Actor) -> Delivery:
    """A person looked and it is there, at this address. The address must be the network's."""
    if not policy.may_decide(by, delivery):
        raise NotAllowed(_("You may not decide about this."))
    with transaction.atomic():
        row = locked(delivery)
        if row.state not in (ASKS, UNKNOWN, HANDED) and not (row.is_published and row.channel.is_by_hand):
            raise NotPossible(_("There is nothing to decide here (any more)."))
        check_address(row, address)
        seen, now = seen_at(row, address), clock.now()
        number = kept(row, "published", address=address[:500])
        is_new, is_due = not row.is_published, row.takedown == "asked" or row.channel.is_by_hand
        turns.write(
            row, row.fence, due_at=now if is_due else None, state=PUBLISHED, address=address[:1000],
            published_at=row.published_at or now, question="", reason="", mend="", looks=0,
            **({"remote_id": seen.id[:500]} if seen else {}),
        )  # fmt: skip
        if is_new:
            announce(DeliveryPublished(row.id, row.channel_id, row.post_id, now, number), by=by)
            release(row)
        wake.after_commit()
    return row


def confirm_all_posted(delivery: Delivery, address: str, *, by: Actor) -> Delivery:
    """Whoever posts by hand has posted all its parts: the first one's address is enough, the others stand below it."""
    with transaction.atomic():
        row = confirm_published(delivery, address, by=by)
        for each in all_after(row) if row.channel.is_by_hand and not row.takedown else []:
            if each.state == PLANNED:
                say_posted(each, by=by)
    return row


def say_posted(row: Delivery, *, by: Actor) -> None:
    now, number = clock.now(), kept(row, "published")
    turns.write(
        row, row.fence, due_at=None, state=PUBLISHED, published_at=now, question="", reason="", mend="", looks=0
    )
    announce(DeliveryPublished(row.id, row.channel_id, row.post_id, now, number), by=by)


def check_address(delivery: Delivery, address: str) -> None:
    """Whether the address could be this network's, and is nobody else's."""
    connector = delivery.channel.connector
    hosts = {urlsplit(delivery.channel.address).hostname, *getattr(connector, "hosts", ())}
    hosts |= {urlsplit(settings.STOA_URL).hostname} if connector.home.startswith("/") else set()
    if not any(is_at(address, (host,)) for host in hosts if host):
        raise Invalid(
            _("This is not an address of that network."), _("Open the post there and copy it."), field="address"
        )
    if Delivery.objects.filter(channel=delivery.channel, address=address.strip()).exclude(id=delivery.id).exists():
        raise Invalid(_("This is another delivery's post."), field="address")


def confirm_down(delivery: Delivery, *, by: Actor) -> Delivery:
    """A person took it down there by hand, or looked: it is gone. Only where the network could not say so itself."""
    if not policy.may_withdraw(by, delivery):
        raise NotAllowed(_("You may not decide about this."))
    with transaction.atomic():
        row = locked(delivery)
        if not row.is_published or row.takedown not in ("stands", "unclear"):
            raise NotPossible(_("There is nothing to decide here (any more)."))
        say_gone(row, by=by)
        for each in all_after(row) if row.channel.is_by_hand else []:
            if each.is_published and each.takedown in ("stands", "unclear"):
                say_gone(each, by=by)
    return row


def say_gone(row: Delivery, *, by: Actor) -> None:
    kept(row, "gone")
    turns.write(
        row, row.fence, due_at=None, state=WITHDRAWN, takedown="gone", takedown_answer=_("A person says that it is gone."),
        takedown_at=clock.now(), reason=row.takedown_reason, mend="",
    )  # fmt: skip
    announce(DeliveryWithdrawn(row.id, row.channel_id, row.post_id, read_back=False), by=by)
    announce(TakedownAnswered(row.id, row.channel_id, gone=True), by=by)


def kept(row: Delivery, outcome: str, **said: str) -> int:
    """What was said goes into the log, as what a person said. Gives its number there."""
    now, number = clock.now(), row.attempts.count() + 1
    Attempt.objects.create(
        delivery=row, number=number, kind="person", fence=row.fence, key=row.key, request_hash=row.request_hash,
        started_at=now, ended_at=now, outcome=outcome, evidence={"answer": "person", **said},
    )  # fmt: skip
    return number
