"""The page of what is posted by hand: what to do, ready to copy or share, or why it may not go out now."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.models.file import File
from stoa.base.models.site import site
from stoa.social.networks.actions import hold_over
from stoa.social.networks.protocol import Hands, Outgoing, Picture
from stoa.social.publish import gates
from stoa.social.publish.models import Delivery
from stoa.social.publish.outgoing import outgoing_of
from stoa.social.publish.reading import is_in_hand, pictures_of


@dataclass(frozen=True)
class HandPage:
    """`refusal` says why nothing may be posted now; then no words are shown to copy. Whoever has posted it can say so all the same
    (`in_hand`)."""

    delivery: Delivery
    steps: tuple[str, ...]
    pictures: list[tuple[File, str]]
    refusal: str
    opens: str
    in_hand: bool

    @classmethod
    def of(cls, delivery: Delivery) -> "HandPage":
        connector, refusal = delivery.channel.connector, why_not(delivery)
        pictures = [] if refusal else pictures_of(delivery)
        steps = () if refusal or not isinstance(connector, Hands) else connector.hand(to_post(delivery, pictures))
        return cls(delivery, steps, pictures, refusal, delivery.channel.address or connector.home, is_in_hand(delivery))


def to_post(delivery: Delivery, pictures: list[tuple[File, str]]) -> Outgoing:
    """What the steps speak of. Of its pictures they say how many there are and what is said of them: no file is read."""
    shown = tuple(Picture(b"", file.media_type, alt, file.width or 0, file.height or 0) for file, alt in pictures)
    return replace(outgoing_of(delivery, clock.now(), with_pictures=False), pictures=shown)


def why_not(delivery: Delivery) -> str:
    """Asked anew at every look, as it is asked before anything is sent: a right taken back, a switch, somebody else who was faster."""
    if not is_in_hand(delivery):
        return _("There is nothing to post by hand here (any more).")
    if delivery.erased_at or delivery.takedown:
        return delivery.takedown_reason or _("It was withdrawn.")
    hold = hold_over(delivery.channel_id)
    return (hold.reason if hold else "") or site().paused_reason or gates.refusal(delivery)
