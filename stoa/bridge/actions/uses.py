"""Uses: kept in step with the deliveries that carry a member's words, and taken down with them."""

from django.db import transaction
from django.db.models import QuerySet

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.base.standing_queries import first, standing
from stoa.bridge.facts import UseStarted, UseTakenDown
from stoa.bridge.models import UsageRight, Use
from stoa.bridge.models.use import DOWN, HELD, LIVE, PLANNED, STANDS, TAKING_DOWN
from stoa.social.publish.actions import erase_words, withdraw_delivery
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import PUBLISHED, WITHDRAWN

HOUSE = system("bridge")
MATERIAL = "bridge.right"  # what a delivery of such words says that it is about
NEVER_THERE = ("held", "refused", "stopped")
UNCERTAIN = ("sending", "unknown", "pending", "asks")


def take_down_uses(right: UsageRight, reason: str) -> int:
    """Asks for every delivery of these words to come down or be held back. Says how many."""
    out = list(deliveries_of(right.id).exclude(state=WITHDRAWN))
    for delivery in out:
        withdraw_delivery(delivery, reason, by=HOUSE)
        settle_use(delivery.id)
    return len(out)


def deliveries_of(right_id: int) -> "QuerySet[Delivery]":
    """All that ever carried them, oldest first: found by what the delivery says it is about, so that none is missed."""
    return Delivery.objects.filter(about_key=MATERIAL, about_id=right_id).select_related("channel").order_by("id")


def settle_use(delivery_id: int) -> Use | None:
    """Brings the use in step with its delivery; None when that carries nobody's words. May run any number of times."""
    delivery = first(standing(carrying, delivery_id=delivery_id))
    right = UsageRight.objects.filter(id=delivery.about_id or 0).first() if delivery else None
    if delivery is None or right is None:
        return None
    with transaction.atomic():
        Use.objects.get_or_create(delivery=delivery, defaults={"right": right, "planned_at": delivery.made_at})
        use = Use.objects.select_for_update().get(delivery=delivery)
        before, use.state = use.state, state_of(delivery)
        is_new, use.live_at = use.live_at is None and delivery.published_at is not None, delivery.published_at
        if delivery.takedown and use.asked_down_at is None:
            use.asked_down_at = clock.now()
        if use.state in (DOWN, STANDS) and use.answered_at is None:
            use.answered_at = delivery.takedown_at or clock.now()
        use.save()
        tell(use, before, is_new=is_new)
    return use


def carrying(delivery_id: int) -> "QuerySet[Delivery]":
    """The delivery, if it carries words of members."""
    return Delivery.objects.filter(id=delivery_id, about_key=MATERIAL).order_by()


def forget_words(delivery_id: int) -> None:
    """When their author has left, and its network has answered, a delivery keeps none of their words. May run any number of times."""
    about = Delivery.objects.filter(id=delivery_id, about_key=MATERIAL).values("about_id")
    for right in UsageRight.objects.filter(id__in=about, author__standing="erased"):
        erase_words((MATERIAL, right.id), by=HOUSE)


def state_of(delivery: Delivery) -> str:
    """The use's state, from the delivery's."""
    if delivery.state == WITHDRAWN:
        return DOWN if delivery.published_at else HELD
    if delivery.state == PUBLISHED:
        return {"": LIVE, "asked": TAKING_DOWN, "gone": DOWN}.get(delivery.takedown, STANDS)
    if delivery.takedown == "asked" and delivery.state in UNCERTAIN:
        return TAKING_DOWN
    return HELD if delivery.state in NEVER_THERE else PLANNED


def tell(use: Use, before: str, *, is_new: bool) -> None:
    if is_new:
        announce(UseStarted(use.right_id, use.id, use.delivery_id), by=HOUSE)
    if use.state != before and use.state in (DOWN, STANDS):
        announce(UseTakenDown(use.right_id, use.id, use.delivery_id, gone=use.state == DOWN), by=HOUSE)
