"""What the inbox and one conversation show, gathered in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from stoa.base import clock, cursors, things
from stoa.base.actors import Actor
from stoa.base.models.site import site
from stoa.base.things import Card
from stoa.social.listen import policy
from stoa.social.listen.models import Conversation, Message
from stoa.social.listen.models.conversation import CLOSED, READ, Conversations
from stoa.social.networks.actions import hold_over
from stoa.social.networks.counting import Count as TextCount
from stoa.social.networks.counting import counts_of
from stoa.social.networks.models import Channel
from stoa.social.publish.words import state_word

PAGE = 30
WHICH = ("open", "mine", "later", "all")


@dataclass(frozen=True)
class Line:
    """A conversation in the list, with what was said last."""

    conversation: Conversation
    last: Message | None


@dataclass(frozen=True)
class InboxPage:
    """Some conversations: those that wait longest first, others by their last word. `before` is the cursor of the next ones."""

    which: str
    lines: list[Line]
    before: str
    counts: dict[str, int]
    channels: list[Channel]
    channel: Channel | None
    live: str


def inbox_page(actor: Actor, which: str, channel: str, before: str) -> InboxPage:
    """Four queries, whatever there is."""
    which = which if which in WHICH else "open"
    channels = readable_channels(actor)
    chosen = next((each for each in channels if each.shown_id == channel), None)
    all_rows = Conversation.objects.visible_to(actor)
    rows = all_rows.filter(channel=chosen) if chosen else all_rows
    found, more = page_of(narrowed(rows, which, actor), which, before)
    live = " ".join(f"listen.channel:{each.shown_id}" for each in channels)
    return InboxPage(which, lines_of(found), more, counts_for(rows, actor), channels, chosen, live)


def readable_channels(actor: Actor) -> list[Channel]:
    """Channels whose inbox this actor reads; also disconnected ones: what was said there stands."""
    rows = Channel.objects.all() if actor.may(READ) else Channel.objects.filter(id__in=scopes(actor))
    return list(rows.order_by("name", "handle", "id"))


def scopes(actor: Actor) -> frozenset[int]:
    return actor.scope_ids("channel", READ)


def narrowed(rows: Conversations, which: str, actor: Actor) -> Conversations:
    """`open`: somebody waits and nobody put it aside; `mine`: fell to this actor and is not closed; `later`: put aside; `all`."""
    if which == "open":
        return rows.unanswered().awake()
    if which == "mine":
        return rows.filter(assigned_to=actor.person_id).exclude(state=CLOSED)
    if which == "later":
        return rows.exclude(state=CLOSED).filter(snoozed_until__gt=clock.now())
    return rows


def page_of(rows: Conversations, which: str, before: str) -> tuple[list[Conversation], str]:
    """One page and the mark of where it goes on."""
    up = which == "open"
    last = Message.objects.filter(conversation=OuterRef("pk")).order_by("-at", "-id").values("id")[:1]
    rows = rows.with_faces().annotate(last_message=Subquery(last))
    found = cursors.page(rows, "waiting_since" if up else "last_at", before, size=PAGE, ascending=up)
    return found.rows, found.next


def lines_of(found: Sequence[Conversation]) -> list[Line]:
    wanted = {row.id: getattr(row, "last_message", None) for row in found}
    messages = Message.objects.select_related("delivery").in_bulk([each for each in wanted.values() if each])
    return [Line(row, messages.get(wanted[row.id] or 0)) for row in found]


def counts_for(rows: Conversations, actor: Actor) -> dict[str, int]:
    """How many stand under each heading but *all*."""
    now, alive = clock.now(), ~Q(state=CLOSED)
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    return rows.aggregate(
        open=Count("id", filter=Q(state__in=("waiting", "open")) & awake),
        mine=Count("id", filter=alive & Q(assigned_to=actor.person_id)),
        later=Count("id", filter=alive & Q(snoozed_until__gt=now)),
    )


@dataclass(frozen=True)
class Turn:
    """One message as it is drawn. `state`: the word and kind of a badge, for what we send; `card`: its page, for who may see it."""

    message: Message
    state: tuple[str, str] | None
    address: str


@dataclass(frozen=True)
class ConversationPage:
    """One conversation with the whole exchange and what this actor may do."""

    conversation: Conversation
    turns: list[Turn]
    post: Card | None
    may_answer: bool
    may_tend: bool
    is_mine: bool
    counts: tuple[TextCount, ...]
    written: str
    error: str
    stopped: str


def conversation_page(
    actor: Actor, conversation: Conversation, *, written: str = "", error: str = ""
) -> ConversationPage:
    """Everything that its page shows; two queries besides the conversation's own."""
    messages = list(conversation.messages.told())
    wanted = [("publish.delivery", each.delivery_id) for each in messages if each.delivery_id]
    wanted += [("publish.delivery", conversation.delivery_id)] if conversation.delivery_id else []
    cards = things.cards(wanted, to=actor)
    return ConversationPage(
        conversation=conversation,
        turns=[turn_of(each, cards) for each in messages],
        post=cards.get(("publish.delivery", conversation.delivery_id or 0)),
        may_answer=policy.may_answer(actor, conversation)
        and any(each.is_here and not each.is_ours for each in messages),
        may_tend=policy.may_tend(actor, conversation),
        is_mine=conversation.assigned_to_id is not None and conversation.assigned_to_id == actor.person_id,
        counts=counts_of(written, conversation.channel.rules.text),
        written=written,
        error=error,
        stopped=why_stopped(conversation),
    )


def why_stopped(conversation: Conversation) -> str:
    """Why an answer would not go out now; empty when it would."""
    hold = hold_over(conversation.channel_id)
    return hold.reason if hold else site().paused_reason


def turn_of(message: Message, cards: dict[Any, Card]) -> Turn:
    card = cards.get(("publish.delivery", message.delivery_id or 0))
    state = state_word(message.delivery) if message.delivery else None
    return Turn(message, state, card.address if card else "")


def waits(actor: Actor, now: datetime, most: int) -> list[Line]:
    """Those who wait, longest first: for Today."""
    rows = Conversation.objects.visible_to(actor).unanswered()
    awake = rows.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=now))
    found, _more = page_of(awake, "open", "")
    return lines_of(found[:most])
