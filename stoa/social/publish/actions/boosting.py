"""Paid reach, as a person says it: from when until when a post that is out is boosted, and what was set aside for it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.models.site import site
from stoa.base.walltime import resolve
from stoa.social.publish import policy
from stoa.social.publish.facts import BoostChanged
from stoa.social.publish.models import Boost, Delivery


@dataclass(frozen=True)
class Boosting:
    """What is said of a boost: wall times in the organisation's zone, no end = it goes on."""

    starts: datetime | None = None
    ends: datetime | None = None
    budget: Decimal | None = None
    currency: str = ""
    note: str = ""


def boost_delivery(delivery: Delivery, said: Boosting, *, by: Actor) -> Boost:
    """A post that is out is boosted from now (or that time) on. Numbers of that time are kept apart, those already read too."""
    if not policy.may_decide(by, delivery):
        raise NotAllowed(_("You may not say that this is boosted."))
    with transaction.atomic():
        row = Delivery.objects.select_for_update(of=("self",)).get(id=delivery.id)
        if row.published_at is None:
            raise NotPossible(_("Only what is out can be boosted."))
        if row.follows_id:
            raise NotPossible(_("The first part stands for the whole post."), _("Say it there."))
        starts, ends = instant(said.starts) or clock.now(), instant(said.ends)
        check(row, starts, ends, said)
        boost = Boost.objects.create(
            delivery=row, starts_at=starts, ends_at=ends, budget=said.budget, currency=said.currency.strip().upper(),
            note=said.note.strip()[:300], by_id=by.person_id,
        )  # fmt: skip
        announce(BoostChanged(boost.id, row.id, row.channel_id, starts, ends), by=by)
    return boost


def end_boost(boost: Boost, *, by: Actor) -> Boost:
    """It ends now. One that has not begun is taken out."""
    with transaction.atomic():
        boost = locked_boost(boost, by=by)
        now = clock.now()
        if boost.starts_at >= now:
            return withdraw_boost(boost, by=by)
        if boost.is_on(now):
            boost.ends_at = now
            boost.save(update_fields=["ends_at"])
            tell(boost, by=by)
    return boost


def withdraw_boost(boost: Boost, *, by: Actor) -> Boost:
    """It was said by mistake: the numbers of that time are organic again."""
    with transaction.atomic():
        boost = locked_boost(boost, by=by)
        tell(boost, by=by)
        Boost.objects.filter(id=boost.id).delete()
    return boost


def tell(boost: Boost, *, by: Actor) -> None:
    fact = BoostChanged(boost.id, boost.delivery_id, boost.delivery.channel_id, boost.starts_at, boost.ends_at)
    announce(fact, by=by)


def locked_boost(boost: Boost, *, by: Actor) -> Boost:
    row = Boost.objects.select_for_update(of=("self",)).select_related("delivery__channel").get(id=boost.id)
    if not policy.may_decide(by, row.delivery):
        raise NotAllowed(_("You may not say that this is boosted."))
    return row


def instant(wall: datetime | None) -> datetime | None:
    return resolve(wall, site().zone).at if wall else None


def check(row: Delivery, starts: datetime, ends: datetime | None, said: Boosting) -> None:
    if row.published_at and starts < row.published_at.replace(second=0, microsecond=0):
        raise Invalid(_("It was not out then."), field="starts")
    if ends is not None and ends <= starts:
        raise Invalid(_("It ends before it begins."), field="ends")
    if said.budget is not None and not 0 <= said.budget < Decimal(10) ** 8:
        raise Invalid(_("This amount cannot be."), field="budget")
    code = said.currency.strip()
    if (said.budget is not None or code) and not (code.isascii() and code.isalpha() and len(code) == 3):
        raise Invalid(_("Three letters, as EUR."), field="currency")
    others = row.boosts.filter(Q(ends_at=None) | Q(ends_at__gt=starts))
    if (others if ends is None else others.filter(starts_at__lt=ends)).exists():
        raise Invalid(_("It is boosted at that time already."), field="starts")
