"""The Telegram connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from stoa.social.networks.given import part, since_1970
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.protocol import (
    ENDLESS,
    Account,
    Field,
    Gone,
    Granted,
    Hearing,
    Http,
    Layout,
    Line,
    LinkRule,
    Measure,
    Outgoing,
    PictureLimit,
    Published,
    Rate,
    Reconnect,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    Unknown,
    VideoLimit,
)
from stoa.social.networks.telegram import listening, numbers, wire

_CHECKED = date(2026, 11, 30)
_MESSAGES = Source("https://core.telegram.org/bots/api#sendmessage", _CHECKED)
_PHOTOS = Source("https://core.telegram.org/bots/api#sendphoto", _CHECKED)
_VIDEOS = Source("https://core.telegram.org/bots/api#sendvideo", _CHECKED)
_RATES = Source("https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this", _CHECKED)

RULES = Rules(
    text=(TextLimit("utf16", 4096, _MESSAGES),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=10_000_000,
        mimes=("image/jpeg", "image/png", "image/webp"),
        alt_at_most=0,
        alt_count="utf16",
        source=_PHOTOS,
        text=(TextLimit("utf16", 1024, _PHOTOS),),
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_MESSAGES),
    threads=True,
    lag=0.0,
    rates=(Rate("messages in one chat", 1, 1, _RATES), Rate("messages in one group", 20, 60, _RATES)),
    keyed=False,
    videos=VideoLimit(bytes_at_most=50_000_000, seconds_at_most=ENDLESS, mimes=("video/mp4",), source=_VIDEOS),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name",),
    handle_prefix="",
    body=("pictures", "text", "card"),
    card="stacked",
    actions=("comment", "share"),
)

_UNTOLD = "A bot is told no numbers of a message that it sent."
MEASURES = (
    Measure("likes", "Reactions", offered=False, reason=_UNTOLD),
    Measure("replies", "Comments", offered=False, reason=_UNTOLD),
    Measure("reach", "Views", offered=False, reason="A channel shows its views to people, and to no bot."),
)
POSTS = ("administrator", "creator")


class Telegram:
    """Connects, publishes, replies, edits, deletes and listens."""

    key = "telegram"
    name = "Telegram"
    home = "https://telegram.org/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "the documented examples and a small server in memory that answers as the documents say, not against Telegram itself"
    hosts = ("t.me", "telegram.me")
    fields = (
        Field(
            "token", "Bot token", kind="secret", alone=True,
            hint="from @BotFather: /newbot. Each channel needs a bot of its own, because what people say to a bot is told once",
        ),
        Field("channel", "Channel or group", hint="its public name, like @guild, or its id, like -1001234567890"),
    )  # fmt: skip
    lacks: Mapping[str, str] = {
        "settles": "A bot cannot read what stands in a channel: whether an unclear sending arrived, a person looks.",
        "hides": "On Telegram a message stands or is deleted: nothing is hidden.",
        "measures": _UNTOLD,
    }

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        token, asked = answers["token"].strip(), answers["channel"].strip()
        if not wire.TOKEN.fullmatch(token):
            raise Refused(
                "This is not a bot’s token.", mend="Copy it whole from @BotFather: a number, a colon, letters."
            )
        if not re.fullmatch(r"@\w{4,40}|-\d{5,20}", asked):
            raise Refused("This is not a channel’s name or id.", mend="Write it like @guild or like -1001234567890.")
        line = Line(http, {"token": token})
        try:
            bot, chat = wire.read(line, "getMe"), wire.read(line, "getChat", chat_id=asked)
            check(line, bot, chat)
            group = wire.read(line, "getChat", chat_id=chat["linked_chat_id"]) if chat.get("linked_chat_id") else {}
            return opened(token, bot, chat, group)
        except Reconnect as wrong:
            mend = "Copy the token again, and add the bot to the channel first, as an administrator."
            raise Refused(wrong.reason, mend=mend) from wrong
        except (AttributeError, KeyError, TypeError) as wrong:
            raise Refused("Telegram’s answer could not be read.", mend="Try again in a while.") from wrong

    def refresh(self, *, over: Line) -> Granted:
        """A bot token does not end by itself: Telegram is asked, to hear when it was revoked."""
        wire.read(over, "getMe")
        return Granted(dict(over.credentials))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        """The text goes as it is, without markup: Telegram itself finds the links in it. There is no key: one sending, one message."""
        where: dict[str, Any] = {"chat_id": over.credentials["chat"]}
        if outgoing.answers:
            chat, number = numbers.first(outgoing.answers)
            where = {"chat_id": str(chat), "reply_parameters": {"message_id": number}}
        if outgoing.video:
            return published(wire.send_video(over, where, outgoing.text, outgoing.video), over)
        if outgoing.pictures:
            return published(wire.send(over, where, outgoing.text, outgoing.pictures), over)
        shown = {"link_preview_options": {"url": outgoing.link}} if outgoing.link else {}
        return published(wire.write(over, "sendMessage", {**where, "text": outgoing.text, **shown}), over)

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        """An answer goes where the comment stands: into the discussion group, as the bot."""
        return self.publish(outgoing, over=over)

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; pictures stay as they are."""
        chat, number = numbers.first(id)
        method, field = (
            ("editMessageCaption", "caption") if outgoing.pictures or outgoing.video else ("editMessageText", "text")
        )
        body = {"chat_id": str(chat), "message_id": number, field: outgoing.text}
        try:
            made = published(wire.write(over, method, body), over)
        except wire.Unchanged:
            return Published(id, str(number), address(chat, number, over), outgoing.at)
        return Published(id, made.version, made.address, made.at)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        chat, all_numbers = numbers.read(id)
        try:
            if len(all_numbers) > 1:
                wire.write(over, "deleteMessages", {"chat_id": str(chat), "message_ids": list(all_numbers)})
            else:
                wire.write(over, "deleteMessage", {"chat_id": str(chat), "message_id": all_numbers[0]})
        except Gone:
            return TakenDown(id, "Telegram says that the message was gone already.")
        return TakenDown(id, "Telegram confirms that the message is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        """A bot cannot read a message. It is asked to leave the (absent) buttons as they are, which changes nothing: what is gone is
        not found, what stands is not modified."""
        chat, all_numbers = numbers.read(id)
        return any(is_there(over, chat, number) for number in all_numbers)

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("Telegram", outgoing, describes="")

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"/c/\d+/(?P<id>\d+)/?", r"/(?:s/)?(?P<handle>\w{4,40})/(?P<id>\d+)/?")


def check(line: Line, bot: Mapping[str, Any], chat: Mapping[str, Any]) -> None:
    """Whether the bot may post there, and whether what people say to it comes to us."""
    if chat.get("type") not in ("channel", "supergroup", "group"):
        raise Refused("This is neither a channel nor a group.", mend="Choose a channel or a group of yours.")
    member = wire.read(line, "getChatMember", chat_id=chat["id"], user_id=bot["id"])
    may = member.get("status") in POSTS and (member.get("can_post_messages") or member["status"] == "creator")
    if chat["type"] == "channel" and not may:
        raise Refused("The bot may not post in this channel.", mend="Make it an administrator with the right to post.")
    if member.get("status") in ("left", "kicked"):
        raise Refused("The bot is not in this group.", mend="Add it to the group first.")
    if wire.read(line, "getWebhookInfo").get("url"):
        said = "Another program is told what people say to this bot."
        raise Refused(said, mend="Make a bot of its own for this channel, or remove the other program’s webhook.")


def opened(
    token: str, bot: Mapping[str, Any], chat: Mapping[str, Any], group: Mapping[str, Any]
) -> tuple[Account, Granted]:
    """The account, and what opens it: the group is where the channel's posts are discussed, if it has one."""
    granted = {
        "token": token, "bot": str(bot["id"]), "bot_name": str(bot.get("username") or ""),
        "chat": str(chat["id"]), "name": str(chat.get("username") or ""),
        "group": str(group.get("id") or ""), "group_name": str(group.get("username") or ""),
    }  # fmt: skip
    title, name = str(chat.get("title") or ""), granted["name"]
    address = f"https://t.me/{name}" if name else ""
    return Account(granted["chat"], name or title, title, address=address), Granted(granted)


def is_there(over: Line, chat: int, number: int) -> bool:
    try:
        wire.write(over, "editMessageReplyMarkup", {"chat_id": str(chat), "message_id": number})
    except wire.Unchanged:
        return True
    except Gone:
        return False
    return True


def published(sent: Any, over: Line) -> Published:
    """One message, or the several of an album."""
    messages = sent if isinstance(sent, list) else [sent]
    if not messages or not all(isinstance(each, dict) and each.get("message_id") for each in messages):
        raise Unknown("Telegram’s answer does not name the message.")
    leading = messages[0]
    chat, number = part(leading, "chat").get("id") or over.credentials["chat"], leading["message_id"]
    return Published(
        id=numbers.name_of(chat, *numbers.all_of(messages)),
        version=str(leading.get("edit_date") or number),
        address=address(chat, number, over),
        at=since_1970(leading.get("date")),
    )


def address(chat: object, number: object, over: Line) -> str:
    return numbers.address_of(chat, number, numbers.usernames(over.credentials).get(str(chat), ""))


CONNECTOR = Telegram()
