"""Whether what this room keeps still fits: each use its delivery, each ledger its right."""

from collections.abc import Iterator

from stoa.bridge.actions.uses import MATERIAL, state_of
from stoa.bridge.models import UsageRight, UsageRightEvent, Use
from stoa.bridge.models.right import hash_of_terms
from stoa.social.publish.models import Delivery


def check() -> Iterator[str]:
    yield from uses_that_differ()
    yield from ledgers_that_differ()


def uses_that_differ() -> Iterator[str]:
    uses = {use.delivery_id: use for use in Use.objects.select_related("delivery")}
    for delivery in Delivery.objects.filter(about_key=MATERIAL):
        use = uses.pop(delivery.id, None)
        if use is None:
            yield f"bridge: delivery {delivery.shown_id} carries a member's words and has no use"
        elif use.state != state_of(delivery):
            yield f"bridge: use {use.shown_id} is {use.state}, its delivery says {state_of(delivery)}"
    for use in uses.values():
        yield f"bridge: use {use.shown_id} has a delivery that carries nobody's words"


def ledgers_that_differ() -> Iterator[str]:
    lines: dict[int, list[UsageRightEvent]] = {}
    for event in UsageRightEvent.objects.order_by("right", "number"):
        lines.setdefault(event.right_id, []).append(event)
    for right in UsageRight.objects.select_related("author"):
        ledger = lines.get(right.id, [])
        if [event.number for event in ledger] != list(range(1, len(ledger) + 1)):
            yield f"bridge: the ledger of usage right {right.shown_id} has a gap"
        elif not ledger or ledger[-1].what != right.state:
            yield f"bridge: usage right {right.shown_id} is {right.state}, its ledger says otherwise"
        elif right.author.standing != "erased" and ledger[-1].terms_hash != hash_of_terms(right.terms):
            yield f"bridge: the terms of usage right {right.shown_id} are not those of its ledger"
