"""How a message is judged: by the same cases as a topic."""

from django.utils.translation import gettext as _

from stoa.moderation.subjects import Snapshot, Subject
from stoa.social.listen.actions.judging import hide_message, restore_message
from stoa.social.listen.models import Message
from stoa.social.listen.models.message import HERE, visible_messages

AROUND = 5


def snapshot(message: Message) -> Snapshot:
    about = message.conversation
    return Snapshot(
        text=message.words, at=message.at, identity_id=about.identity_id, author_id=about.identity.person_id,
        by=message.channel.title if message.is_ours else about.with_whom, address=about.address,
    )  # fmt: skip


def around(message: Message) -> list[Snapshot]:
    """At most five turns before and five after."""
    rows = list(
        Message.objects.filter(conversation=message.conversation_id)
        .select_related("delivery", "channel", "conversation__identity", "conversation__channel")
        .order_by("at", "id")
    )
    place = next((number for number, row in enumerate(rows) if row.id == message.id), 0)
    near = rows[max(0, place - AROUND) : place + AROUND + 1]
    return [snapshot(row) for row in near if row.id != message.id and row.presence == HERE]


def find_message(number: int) -> Message | None:
    rows = Message.objects.select_related("delivery", "channel", "conversation__identity", "conversation__channel")
    return rows.filter(id=number).first()


MESSAGE = Subject(
    "listen.message",
    lambda: _("Message"),
    find_message,
    visible_messages,
    snapshot,
    around,
    hide_message,
    restore_message,
)
