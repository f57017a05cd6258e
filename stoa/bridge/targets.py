"""Where the addresses of a delivery lead: whether who follows them finds what was meant."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from stoa.base import ids
from stoa.base.actors import VISITOR, Actor, Standing
from stoa.base.standing_queries import first, standing
from stoa.community.gather.models import Event
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.models.presence import Presence
from stoa.social.publish.models import Delivery, Link
from stoa.spaces.models import Space

ANY_MEMBER = Actor(standing=Standing.MEMBER)  # who holds nothing anywhere
_end = r"[^\s<>\"'()\[\]]+"
_of_reply = re.compile(r"reply-([0-9a-z]{13})")


def _topic(actor: Actor, number: int) -> bool:
    return Topic.objects.visible_to(actor).here().filter(id=number).exists()


def _reply(actor: Actor, number: int) -> bool:
    rows = Reply.objects.visible_to(actor).filter(presence=Presence.HERE, topic__presence=Presence.HERE)
    return rows.filter(id=number).exists()


def _event(actor: Actor, number: int) -> bool:
    return Event.objects.visible_to(actor).here().filter(id=number).exists()


def _space(actor: Actor, number: int) -> bool:
    return Space.objects.readable_by(actor).filter(id=number).exists()


READABLE: dict[str, Callable[[Actor, int], bool]] = {
    "reply_id": _reply,
    "topic_id": _topic,
    "event_id": _event,
    "space_id": _space,
}


def why_it_leads_nowhere(delivery: Delivery) -> str:
    """Empty, or why the delivery may not go out with its addresses. Its tracked link is for visitors; what somebody wrote into the
    words by hand, as in an answer to a stranger, may lead to what every member reads."""
    link = first(standing(link_of, delivery_id=delivery.id))
    if link and not is_found(link.target, VISITOR):
        return _("Its link leads to something that visitors cannot read any more.")
    if any(not is_found(each, ANY_MEMBER) for each in own_addresses(delivery.text)):
        return _("An address in its text leads to something that members cannot read any more.")
    return ""


def link_of(delivery_id: int) -> "QuerySet[Link]":
    """The tracked link that a delivery carries."""
    return Link.objects.filter(delivery=delivery_id).order_by("id")[:1]


def own_addresses(text: str) -> Iterator[str]:
    """The addresses of this installation that stand in a text; a tracked link counts as what it leads to."""
    for found in re.finditer(re.escape(settings.STOA_URL) + r"/" + _end, text):
        address = found.group().rstrip(".,;:!?")
        code = path_of(address).removeprefix("/l/")
        link = Link.objects.filter(code=code).first()
        yield link.target if link else address


def is_found(address: str, actor: Actor) -> bool:
    """Whether this actor finds what stands at an address of ours; other addresses, and pages that are nobody's words, are found."""
    try:
        named = resolve(path_of(address)).kwargs
    except Resolver404:
        return True  # no page of ours
    asked = [(READABLE[key], number) for key, number in named.items() if key in READABLE]
    if "topic_id" in named and (reply := _of_reply.fullmatch(urlsplit(address).fragment)):
        asked.append((_reply, ids.read(reply.group(1)) or 0))
    return all(may_read(actor, number) for may_read, number in asked)


def path_of(address: str) -> str:
    """The path of an address of ours; nothing for another's."""
    own = address.removeprefix(settings.STOA_URL)
    return urlsplit(own).path if own.startswith("/") and not own.startswith("//") else ""
