"""By hand: a person is the transport. The engine hands over at the time planned, reminds, and looks at what was pasted.

Nothing here speaks for the account. What a person says is kept as what a person said; the public page is looked at afterwards.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.work import Fenced
from stoa.social.networks import lines
from stoa.social.networks.handing import local
from stoa.social.networks.protocol import Hands, Seen, Trouble
from stoa.social.publish import policy
from stoa.social.publish.actions import turns
from stoa.social.publish.actions.turns import Turn, conclude
from stoa.social.publish.comparing import shows
from stoa.social.publish.facts import DeliveryAsks, DeliveryHanded
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.models.delivery import ASKS, HANDED
from stoa.social.publish.times import FORGOTTEN, NOT_NOW

SECONDS = 15.0


def hand_over(delivery: Delivery, fence: int) -> None:
    """In the claiming transaction, when nothing speaks against it: from now on a person has it."""
    now = clock.now()
    Attempt.objects.create(
        delivery=delivery, number=delivery.attempts.count() + 1, kind="hand", fence=fence, key=delivery.key,
        request_hash=delivery.request_hash, started_at=now, ended_at=now, outcome="handed",
    )  # fmt: skip
    turns.write(delivery, fence, due_at=now + FORGOTTEN, state=HANDED, reason="", mend="", held_by="")
    turns.tell(DeliveryHanded(delivery.id, delivery.channel_id, delivery.post_id))


def ask_what_became_of_it(delivery_id: int, fence: int) -> None:
    """Nobody has said that it was posted: a person decides, and nothing is taken for granted."""
    with transaction.atomic():
        delivery = turns.take_up(delivery_id, fence)
        if delivery.state != HANDED:
            return
        reason = _("Nobody has said yet that it was posted.")
        turns.write(delivery, fence, due_at=None, state=ASKS, question="forgotten", reason=reason, mend="")
        turns.tell(DeliveryAsks(delivery.id, delivery.channel_id, delivery.post_id, ambiguous=False))


def remind_later(delivery: Delivery, *, by: Actor) -> None:
    """Not now: asked again in an hour."""
    if not policy.may_decide(by, delivery):
        raise NotAllowed(_("You may not decide about this."))
    due = clock.now() + NOT_NOW
    if not Delivery.objects.filter(id=delivery.id, state=HANDED).update(due_at=due):
        raise NotPossible(_("There is nothing to decide here (any more)."))


def seen_at(delivery: Delivery, address: str) -> Seen | None:
    """What the pasted address names. Raises `Invalid` when it is no post of this network, of another account, or claimed already."""
    connector = delivery.channel.connector
    if not delivery.channel.is_by_hand or not isinstance(connector, Hands):
        return None
    seen = connector.recognise(address)
    if seen is None:
        said = _("This is not the address of a post on %(network)s.") % {"network": delivery.channel.network_name}
        raise Invalid(said, _("Open the post there and copy its address."), field="address")
    if seen.handle and local(seen.handle) != local(delivery.channel.handle):
        said = _("This is a post of %(other)s, not of %(channel)s.")
        names = {"other": seen.handle, "channel": delivery.channel.shown_handle}
        raise Invalid(said % names, _("Copy the address of the post of this account."), field="address")
    others = Delivery.objects.filter(channel=delivery.channel_id, remote_id__iexact=seen.id).exclude(id=delivery.id)
    if others.exists():
        raise Invalid(_("This is another delivery's post."), field="address")
    return seen


def look_at_page(delivery_id: int, fence: int) -> None:
    """Once, after a person said that it is there: does the public page show these words? Many networks show strangers nothing."""
    with transaction.atomic():
        delivery = turns.take_up(delivery_id, fence)
        if not delivery.is_published or not delivery.address:
            turns.write(delivery, fence, due_at=None)
            return
        turn = turns.open_attempt(delivery, fence, "look")
    compared(turn, page_of(turn))


def page_of(turn: Turn) -> str | None:
    """The public page, as a stranger gets it; None when it cannot be read."""
    try:
        is_ours = turn.delivery.address.startswith(f"{settings.STOA_URL}/")  # the practice network stands in this house
        client = lines.client() if is_ours else lines.stranger()
        got = client.request("GET", turn.delivery.address, timeout=SECONDS)
    except Fenced:
        raise
    except Trouble:
        return None
    return got.body.decode("utf-8", "replace") if 200 <= got.status < 300 else None


def compared(turn: Turn, page: str | None) -> None:
    """A page that shows other words is no proof against the person, for many networks draw theirs with scripts: it is said, no more."""
    delivery = turn.delivery
    if page is None:
        conclude(turn, "unread", {"address": delivery.address[:500]}, due_at=None)
    elif shows(page, delivery.text, delivery.marker):
        conclude(turn, "matches", {"address": delivery.address[:500]}, due_at=None, reason="", mend="")
    else:
        reason = _("The public page at that address does not show these words.")
        mend = _(
            "Some networks show strangers nothing. Look once whether it is the right post; if not, correct the address."
        )
        conclude(turn, "differs", {"address": delivery.address[:500]}, due_at=None, reason=reason, mend=mend)
