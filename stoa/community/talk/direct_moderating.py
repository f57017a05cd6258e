"""Direct messages as what can be judged: who decides a report sees that message and at most five before and five after it, in words,
and no way to anything else of the exchange."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.text import all_words
from stoa.community.talk.actions.direct_messages import hide_message, restore_message
from stoa.community.talk.models import DirectMessage, visible_direct_messages
from stoa.moderation import subjects
from stoa.moderation.subjects import Snapshot, Subject

NEAR = 5
KEY = "talk.direct_message"


def copy_of(message: DirectMessage) -> Snapshot:
    """It stands in no space, so the site's moderators decide; the address is for whoever reports it."""
    return Snapshot(
        all_words(message.html), message.sent_at, "", message.author_id, None, None, message.author.name,
        message.get_absolute_url(),
    )  # fmt: skip


def around(message: DirectMessage) -> list[Snapshot]:
    """Words alone: nobody who decides can go to where they stand."""
    same = DirectMessage.objects.filter(exchange=message.exchange_id).select_related("author")
    before = list(same.filter(id__lt=message.id).order_by("-id")[:NEAR])[::-1]
    near = [*before, *same.filter(id__gt=message.id).order_by("id")[:NEAR]]
    return [
        Snapshot(all_words(each.html), each.sent_at, author_id=each.author_id, by=each.author.name) for each in near
    ]


def find(number: int) -> DirectMessage | None:
    return DirectMessage.objects.select_related("author", "exchange").filter(id=number).first()


def seen(actor: Actor, ids: Collection[int]) -> QuerySet[DirectMessage]:
    return visible_direct_messages(actor, ids)


def register_direct_subject() -> None:
    """Called once by the room's plugs."""

    subjects.register(
        Subject(KEY, lambda: _("Direct message"), find, seen, copy_of, around, hide_message, restore_message)
    )
