"""Addresses at which a network may fetch what a delivery shows: for networks that take no bytes, only where to get them.

    https://community.example/fetch/DELIVERY.FILE.UNTIL.SEAL/picture.jpg

Made for one attempt, sealed with this installation's own secret, over after an hour. Behind it are exactly the bytes that this delivery
sends, for as long as it is being sent and may be: whatever stops it closes its addresses in the same moment.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from secrets import compare_digest
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from stoa.base import crypto, ids
from stoa.base.models.file import File
from stoa.base.models.site import site
from stoa.social.networks.actions import hold_over
from stoa.social.networks.multipart import ENDINGS
from stoa.social.networks.nearby import is_near
from stoa.social.networks.protocol import Outgoing
from stoa.social.publish import gates
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import MAY_BE_THERE, PLANNED

LASTING = timedelta(hours=1)
NOWHERE = (".local", ".internal", ".test", ".invalid", ".home.arpa", ".lan")  # names that no public resolver knows
BEING_SENT = (
    PLANNED,
    *MAY_BE_THERE,
)  # getting it ready is done while it is planned: its address was made for an attempt


def is_reachable() -> bool:
    """Whether networks can fetch anything here: over https, at a name or an address of the public internet."""
    parts = urlsplit(settings.STOA_URL)
    host = (parts.hostname or "").rstrip(".")
    return parts.scheme == "https" and bool(host) and not is_near(host) and not host.endswith(NOWHERE)


def addressed(made: Outgoing, delivery: Delivery, at: datetime) -> Outgoing:
    """With where the network may fetch each picture, and the video, while this attempt lasts."""
    numbers = [each["file"] for each in delivery.content.get("pictures", ())]
    if not (made.pictures or made.video) or not is_reachable():
        return made
    kinds = dict(File.objects.filter(id__in=numbers).values_list("id", "media_type"))
    still = [each for each in numbers if each in kinds and not kinds[each].startswith("video/")]
    moving = next((each for each in numbers if kinds.get(each, "").startswith("video/")), None)
    pictures = tuple(
        replace(picture, address=address_of(delivery, number, kinds[number], at))
        for picture, number in zip(made.pictures, still, strict=True)
    )
    video = made.video and moving and replace(made.video, address=address_of(delivery, moving, kinds[moving], at))
    return replace(made, pictures=pictures, video=video or made.video)


def address_of(delivery: Delivery, file_id: int, media_type: str, at: datetime) -> str:
    """Where the network of this delivery may fetch this file, for an attempt begun at `at`; empty where it cannot reach us."""
    if not is_reachable():
        return ""
    until = int((at + LASTING).timestamp())
    ticket = f"{delivery.shown_id}.{ids.shown(file_id)}.{until:x}.{seal_of(delivery.id, file_id, until)}"
    return settings.STOA_URL + reverse("publish:fetch", args=[ticket, name_of(media_type)])


def name_of(media_type: str) -> str:
    """What it is called there: some networks believe the ending only."""
    kind, _slash, sort = media_type.partition("/")
    if kind == "video":
        return f"video.{'mov' if sort == 'quicktime' else 'mp4'}"
    return f"picture.{ENDINGS.get(media_type, 'jpg')}"


def seal_of(delivery_id: int, file_id: int, until: int) -> str:
    return crypto.derived(f"publish.fetch:{delivery_id}:{file_id}:{until}")


def fetched(ticket: str, name: str, now: datetime) -> File | None:
    """The file of a ticket that stands: sealed by us, not over, of a delivery that is being sent and shows it."""
    delivery_id, file_id, until = opened(ticket)
    if not delivery_id or not file_id or until <= int(now.timestamp()):
        return None
    delivery = Delivery.objects.filter(id=delivery_id).select_related("channel").first()
    if delivery is None or file_id not in files_in(delivery) or not may_be_fetched(delivery):
        return None
    file = File.objects.filter(id=file_id).first()
    return file if file is not None and name == name_of(file.media_type) else None


def opened(ticket: str) -> tuple[int, int, int]:
    """(delivery, file, until) as the ticket says and its seal proves; zeros for anything else."""
    nothing = (0, 0, 0)
    parts = ticket.split(".")
    if len(parts) != 4 or not ticket.isascii() or len(ticket) > 100:
        return nothing
    delivery_id, file_id = ids.read(parts[0]), ids.read(parts[1])
    try:
        until = int(parts[2], 16)
    except ValueError:
        return nothing
    if not delivery_id or not file_id or not compare_digest(parts[3], seal_of(delivery_id, file_id, until)):
        return nothing
    return delivery_id, file_id, until


def files_in(delivery: Delivery) -> set[int]:
    """What it shows."""
    return {each["file"] for each in delivery.content.get("pictures", ())}


def may_be_fetched(delivery: Delivery) -> bool:
    """Being sent, and nothing speaks against it: asked anew for every fetch, as before every attempt."""
    if delivery.state not in BEING_SENT or delivery.takedown or delivery.erased_at or delivery.channel.is_by_hand:
        return False
    if not delivery.channel.is_connected or hold_over(delivery.channel_id) is not None or site().paused_reason:
        return False
    return not gates.refusal(delivery)
