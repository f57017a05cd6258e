"""What a conversation's state follows from: its messages, whatever the order in which they came."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from stoa.base import clock
from stoa.social.listen.models import Conversation, Message
from stoa.social.listen.models.conversation import ANSWERED, CLOSED, OPEN, WAITING
from stoa.social.listen.models.message import HERE
from stoa.social.publish.models.delivery import PENDING, PLANNED, SENDING, UNKNOWN

ON_ITS_WAY = (PLANNED, SENDING, PENDING, UNKNOWN)


@dataclass(frozen=True)
class Folded:
    """The columns of a conversation that are derived."""

    state: str
    opened_at: datetime
    waiting_since: datetime | None
    answered_at: datetime | None
    last_at: datetime
    closed_at: datetime | None


def folded(conversation: Conversation, messages: Sequence[Message], now: datetime) -> Folded:
    """A message waits when it was heard after our last published answer was written, and after a person closed the conversation.

    Where nothing is left to be answered (hidden, gone, forgotten) and nothing was, it is closed without a person; that is undone
    when something is there again.
    """
    ours = [each for each in messages if each.delivery is not None and each.delivery.published_at]
    theirs = [each for each in messages if not each.is_ours]
    seen = max((each.kept_at for each in ours), default=None)
    settled = conversation.closed_at if conversation.closed_by_id is not None else None
    if settled is not None:
        seen = max(seen or settled, settled)
    waits = [each.at for each in theirs if each.presence == HERE and (seen is None or each.kept_at > seen)]
    spoken = [each.at for each in theirs] or [conversation.opened_at]
    answered = min((each.at for each in ours), default=None)
    last = max([*spoken, *(each.at for each in ours)])
    if waits:
        state = OPEN if any(_on_its_way(each, seen) for each in messages) else WAITING
        return Folded(state, min(spoken), min(waits), answered, last, None)
    closed = settled or (None if ours else conversation.closed_at or now)
    return Folded(CLOSED if closed else ANSWERED, min(spoken), None, answered, last, closed)


def _on_its_way(message: Message, seen: datetime | None) -> bool:
    if message.delivery is None or message.delivery.state not in ON_ITS_WAY:
        return False
    return seen is None or message.kept_at > seen


def fold(conversation: Conversation) -> Folded:
    """Writes what follows from the messages. Inside the transaction that changed them, the conversation locked."""
    result = folded(conversation, list(conversation.messages.told()), clock.now())
    for name, value in asdict(result).items():
        setattr(conversation, name, value)
    if not conversation.is_closed:
        conversation.closed_by_id, conversation.closed_because = None, ""
    conversation.save()
    return result


def lock(conversation_id: int) -> Conversation:
    """The conversation, for whoever is about to change its messages."""
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("channel", "identity")
        .get(id=conversation_id)
    )
