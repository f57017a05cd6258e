"""The demo's year of being spoken to: what strangers said, read back from the network, with our answers; and the numbers of our posts."""

from collections import defaultdict
from datetime import timedelta

from stoa.base import ids
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.http import web_address
from stoa.demo_guild.reach import conversations
from stoa.demo_guild.rows import Conversation as Talk
from stoa.people.models import Identity
from stoa.social.listen.actions.folding import folded
from stoa.social.listen.actions.hearing import LONGEST_TEXT, plain
from stoa.social.listen.demo_numbers import write_numbers
from stoa.social.listen.demo_presence import write_presence
from stoa.social.listen.facts import (
    AnswerWritten,
    ConversationAnswered,
    ConversationClosed,
    ConversationForgotten,
    ConversationOpened,
    MessageHeard,
)
from stoa.social.listen.models import Conversation, Fetch, Mention, Message
from stoa.social.listen.models.message import FORGOTTEN, IN, OUT
from stoa.social.listen.options import EVERY_SECONDS, KEEP_DAYS
from stoa.social.networks.actions import open_credentials
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Heard, Line, Outgoing, Published
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.outgoing import freeze, hash_of
from stoa.social.publish.times import GRACE

BEGINNING = "0" * 13  # where the practice network's cursors begin
SETTLED = timedelta(hours=2)
LEFT = timedelta(days=1)  # so long after their last word an answered exchange is closed
UNANSWERED = timedelta(days=3)  # and so long one that wanted no answer


def fill(story: Story) -> None:
    """Every exchange of the year, then the readings."""
    channels = Channel.objects.in_bulk(list(story.made.get("channel", {}).values()))
    lines = {row.id: Line(Indoors(), open_credentials(row)) for row in channels.values()}
    telling = Telling(story, channels, lines)
    telling.tell()
    write_numbers(story)
    write_presence(story)


class Telling:
    """Collects the rows of all conversations, and writes them at once."""

    def __init__(self, story: Story, channels: dict[int, Channel], lines: dict[int, Line]) -> None:
        self.story, self.channels, self.lines = story, channels, lines
        self.heard: dict[tuple[int, str, str], list[Heard]] = defaultdict(list)
        self.identities: dict[str, Identity] = {}
        self.conversations: dict[tuple[int, int, str], Conversation] = {}
        self.messages: dict[int, list[Message]] = defaultdict(list)
        self.told: list[Past] = []

    def tell(self) -> None:
        for channel in self.channels.values():
            self.listen(channel)
        for talk in conversations(self.story.seed):
            self.one(talk)
        for conversation in self.conversations.values():
            self.settle(conversation)
        messages = [each for rows in self.messages.values() for each in rows]
        deliveries = [each.delivery for each in messages if each.delivery]
        Identity.objects.bulk_create(self.identities.values())
        Conversation.objects.bulk_create(self.conversations.values(), batch_size=500)
        Delivery.objects.bulk_create(deliveries, batch_size=200)
        Attempt.objects.bulk_create([attempt_of(each) for each in deliveries], batch_size=500)
        Message.objects.bulk_create(messages, batch_size=500)
        Mention.objects.bulk_create([mention_of(each) for each in messages if each.kind == "mention"], batch_size=500)
        announce_past(self.told)

    def listen(self, channel: Channel) -> None:
        """All that the network heard of this channel, and how far that was."""
        cursor, more = BEGINNING, True
        while more:
            page = channel.connector.listen(cursor, over=self.lines[channel.id])
            cursor, more = page.cursor, page.more
            for each in page.items:
                self.heard[channel.id, each.author.handle, each.text].append(each)
        due = self.story.now + timedelta(seconds=EVERY_SECONDS.default)
        Fetch.objects.create(channel=channel, cursor=cursor, heard_at=self.story.now, due_at=due)

    def one(self, talk: Talk) -> None:
        """One exchange; what the network does not have (yet) is left out."""
        channel = self.channels[self.story.id_of("channel", talk.channel)]
        first = self.find(channel, talk, talk.turns[0].text)
        if first is None:
            return
        conversation = self.conversation_of(talk, channel, first)
        self.hear(conversation, first, talk)
        for number, turn in enumerate(talk.turns[1:], start=1):
            if turn.ours:
                self.answer(conversation, talk, number, turn.text)
            elif (found := self.find(channel, talk, turn.text)) is not None:
                self.hear(conversation, found, talk)

    def find(self, channel: Channel, talk: Talk, text: str) -> Heard | None:
        handle = talk.handle.removeprefix("@").lower()
        for said in (text, f"@{channel.handle} {text}"):
            if rows := self.heard[channel.id, handle, said]:
                return rows.pop(0)
        return None

    def conversation_of(self, talk: Talk, channel: Channel, first: Heard) -> Conversation:
        identity = self.identity_of(channel, first)
        root = first.root or first.in_reply_to or first.id
        there = self.conversations.get((channel.id, identity.id, root))
        if there is not None:
            return there
        delivery = self.story.known("delivery", f"{talk.post}-{talk.channel}") if talk.post else None
        with self.story.at(first.at):
            made = Conversation(
                channel=channel, identity=identity, root=root, delivery_id=delivery, matter=talk.kind, opened_at=first.at,
                assigned_to_id=self.story.known("person", talk.answered_by) if talk.answered_by else None,
            )  # fmt: skip
        self.conversations[channel.id, identity.id, root] = made
        self.story.remember("conversation", talk.key, made.id)
        told = ConversationOpened(made.id, channel.id, identity.id, delivery, first.kind != "reply", first.at)
        self.told.append(Past(told, first.at))
        return made

    def identity_of(self, channel: Channel, first: Heard) -> Identity:
        if first.author.id not in self.identities:
            with self.story.at(first.at):
                self.identities[first.author.id] = Identity(
                    network=channel.network,
                    remote_id=first.author.id,
                    handle=first.author.handle,
                    name=first.author.name,
                )
        return self.identities[first.author.id]

    def hear(self, conversation: Conversation, heard: Heard, talk: Talk) -> None:
        with self.story.at(heard.at):
            message = Message(
                conversation=conversation, channel=conversation.channel, direction=IN, kind=heard.kind, remote_id=heard.id,
                version=heard.version, in_reply_to=heard.in_reply_to, text=plain(heard.text, LONGEST_TEXT),
                language=heard.language, permalink=web_address(heard.address), at=heard.at, kept_at=heard.at,
            )  # fmt: skip
        self.messages[conversation.id].append(message)
        told = MessageHeard(message.id, conversation.id, conversation.channel_id, heard.at)
        self.told.append(Past(told, heard.at))
        self.story.remember("message", f"{talk.key}-{len(self.messages[conversation.id]) - 1}", message.id)

    def answer(self, conversation: Conversation, talk: Talk, number: int, text: str) -> None:
        """Ours, as the network has it under the key that the demo's year gave it there."""
        channel, before = conversation.channel, self.messages[conversation.id][-1]
        asked = Outgoing(text, f"demo-{talk.key}-{number}", before.at, before.at)
        found = channel.connector.settle(asked, over=self.lines[channel.id])
        if not isinstance(found, Published):
            return
        by = self.story.known("person", talk.answered_by)
        with self.story.at(found.at):
            delivery = delivery_of(conversation, found, text, before.remote_id, by)
            message = Message(
                conversation=conversation, channel=channel, direction=OUT, kind="answer", remote_id=found.id,
                version=found.version, in_reply_to=before.remote_id, delivery=delivery, permalink=found.address,
                at=found.at, kept_at=found.at,
            )  # fmt: skip
        first = not any(each.is_ours for each in self.messages[conversation.id])
        self.messages[conversation.id].append(message)
        waited = int((found.at - before.at).total_seconds())
        here = (conversation.id, channel.id)
        self.told.append(Past(AnswerWritten(message.id, *here, delivery.id), found.at, by))
        self.told.append(Past(ConversationAnswered(*here, message.id, first, waited), found.at))

    def settle(self, conversation: Conversation) -> None:
        """What followed: closed where they had the last word long ago; forgotten where the time was over."""
        rows, now, by = self.messages[conversation.id], self.story.now, self.story.known("person", "dov")
        last = max(each.at for each in rows)
        answered = any(each.is_ours for each in rows)
        if not rows[-1].is_ours and last < now - (LEFT if answered else UNANSWERED):
            conversation.closed_at, conversation.closed_by_id = min(last + SETTLED, now), by
            conversation.closed_because = "" if answered else "Kind words; we liked them."
            closed = ConversationClosed(conversation.id, conversation.channel_id, answered)
            self.told.append(Past(closed, conversation.closed_at, by))
        if last < now - timedelta(days=KEEP_DAYS.default):
            self.forget(conversation, rows)
        for name, value in vars(folded(conversation, rows, now)).items():
            setattr(conversation, name, value)

    def forget(self, conversation: Conversation, rows: list[Message]) -> None:
        """As the work of every few hours would have done it."""
        at = max(each.at for each in rows) + timedelta(days=KEEP_DAYS.default)
        for message in rows:
            message.in_reply_to = ""
            if not message.is_ours:
                message.text = message.permalink = message.remote_id = message.version = message.language = ""
                message.presence = FORGOTTEN
        conversation.root, conversation.forgotten_at = f"forgotten:{conversation.shown_id}", at
        count = sum(not each.is_ours for each in rows)
        told = ConversationForgotten(conversation.id, conversation.channel_id, count)
        self.told.append(Past(told, at))
        others = [each for each in self.conversations.values() if each.identity_id == conversation.identity_id]
        if all(each.forgotten_at for each in others):
            identity = conversation.identity
            identity.remote_id, identity.handle, identity.name = f"forgotten:{identity.shown_id}", "", ""


def delivery_of(conversation: Conversation, found: Published, text: str, answers: str, by: int | None) -> Delivery:
    number, content = ids.new(), freeze(text, language="en")
    return Delivery(
        id=number, key=ids.shown(number), channel=conversation.channel, about_key="listen.conversation",
        about_id=conversation.id, content=content, request_hash=hash_of(content, answers), answers=answers, by_id=by,
        planned_for=found.at, late_after=found.at + GRACE, state="published", since=found.at, remote_id=found.id,
        remote_version=found.version, address=found.address, published_at=found.at,
    )  # fmt: skip


def attempt_of(delivery: Delivery) -> Attempt:
    at = delivery.planned_for
    said = {"answer": "Published", "id": delivery.remote_id, "address": delivery.address}
    return Attempt(
        delivery=delivery, number=1, kind="send", fence=0, key=delivery.key, request_hash=delivery.request_hash,
        started_at=at, ended_at=at + timedelta(seconds=1), outcome="published", evidence=said,
    )  # fmt: skip


def mention_of(message: Message) -> Mention:
    return Mention(message=message, channel=message.channel, kind="mention", at=message.at)
