"""The page of what is posted by hand: what to do, ready to copy or share, or why it may not go out now."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.models.file import File
from stoa.base.models.site import site
from stoa.social.networks.actions import hold_over
from stoa.social.networks.protocol import Hands, Outgoing, Picture
from stoa.social.publish import gates
from stoa.social.publish.filming import video_of
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import PLANNED
from stoa.social.publish.outgoing import outgoing_of
from stoa.social.publish.reading import is_in_hand, pictures_of
from stoa.social.publish.together import place
from stoa.social.publish.words import piece_word


@dataclass(frozen=True)
class HandPage:
    """`refusal` says why nothing may be posted now; then no words are shown to copy. Whoever has posted it can say so all the same
    (`in_hand`)."""

    delivery: Delivery
    rest: list[tuple[str, Delivery]]
    steps: tuple[str, ...]
    pictures: list[tuple[File, str]]
    refusal: str
    opens: str
    in_hand: bool

    @property
    def piece(self) -> str:
        return piece_word(self.delivery)

    @classmethod
    def of(cls, delivery: Delivery) -> "HandPage":
        connector, refusal = delivery.channel.connector, why_not(delivery)
        pictures = [] if refusal else pictures_of(delivery)
        rest = [] if refusal else rest_of(delivery)
        steps = () if refusal or not isinstance(connector, Hands) else steps_of(delivery, rest, pictures)
        before = delivery.follows.address if delivery.follows else ""
        opens = before or delivery.channel.address or connector.home
        return cls(delivery, rest, steps, pictures, refusal, opens, is_in_hand(delivery))


def rest_of(delivery: Delivery) -> list[tuple[str, Delivery]]:
    """What is to be posted after it, in order, with what each is called."""
    waiting = Delivery.objects.filter(post=delivery.post_id, channel=delivery.channel_id, state=PLANNED)
    rows = sorted(waiting.filter(follows__isnull=False), key=place) if delivery.post_id else []
    return [(piece_word(each), each) for each in rows if delivery.role == "post" or each.role == "part"]


def steps_of(delivery: Delivery, rest: list[tuple[str, Delivery]], pictures: list[tuple[File, str]]) -> tuple[str, ...]:
    """The network's own, then how what follows hangs below it."""
    if delivery.follows_id:
        first = _("Copy the text, open your post there and answer it with this.")
        return (first, *below(rest), _("Copy its own address from there and paste it below."))
    steps = delivery.channel.connector.hand(to_post(delivery, pictures))
    return (*steps[:-1], *below(rest), _("Copy its own address from there and paste it below.")) if rest else steps


def below(rest: list[tuple[str, Delivery]]) -> list[str]:
    """After it, in place of only sending it off."""
    has_parts = any(each.role == "part" for _name, each in rest)
    has_comment = any(each.role == "comment" for _name, each in rest)
    found = []
    if has_parts:
        found.append(_("Send it off, then answer it with the next part, that one with the one after it, and so on."))
    if has_comment and has_parts:
        found.append(_("Write the first comment below the first part."))
    elif has_comment:
        found.append(_("Send it off, then write the first comment below it."))
    return found


def to_post(delivery: Delivery, pictures: list[tuple[File, str]]) -> Outgoing:
    """What the steps speak of. Of its pictures they say how many there are and what is said of them: no file is read."""
    stills = [(file, alt) for file, alt in pictures if not file.is_video]
    shown = tuple(Picture(b"", file.media_type, alt, file.width or 0, file.height or 0) for file, alt in stills)
    video = next((video_of(file, alt) for file, alt in pictures if file.is_video), None)
    return replace(outgoing_of(delivery, clock.now(), with_pictures=False), pictures=shown, video=video)


def why_not(delivery: Delivery) -> str:
    """Asked anew at every look, as it is asked before anything is sent: a right taken back, a switch, somebody else who was faster."""
    if not is_in_hand(delivery):
        return _("There is nothing to post by hand here (any more).")
    if delivery.erased_at or delivery.takedown:
        return delivery.takedown_reason or _("It was withdrawn.")
    hold = hold_over(delivery.channel_id)
    return (hold.reason if hold else "") or site().paused_reason or gates.refusal(delivery)
