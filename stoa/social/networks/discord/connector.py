"""The Discord connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stoa.social.networks.discord import listening, wire
from stoa.social.networks.given import instant, listed, number, part, row, rows, word
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.protocol import (
    ENDLESS,
    NOT_OFFERED,
    Absent,
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
    Measured,
    NotOffered,
    Outgoing,
    PictureLimit,
    Published,
    Rate,
    Reading,
    Reconnect,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    TryLater,
    Unknown,
    VideoLimit,
)

_CHECKED = date(2026, 11, 22)
_MESSAGES = Source("https://discord.com/developers/docs/resources/message", _CHECKED)
_RATES = Source("https://discord.com/developers/docs/topics/rate-limits", _CHECKED)

RULES = Rules(
    text=(TextLimit("utf16", 2000, _MESSAGES),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=10_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=1024,
        alt_count="codepoints",
        source=_MESSAGES,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_MESSAGES),
    threads=True,
    lag=0.0,
    rates=(Rate("requests", 50, 1, _RATES),),
    videos=VideoLimit(
        bytes_at_most=10_000_000,
        seconds_at_most=ENDLESS,
        mimes=("video/mp4", "video/quicktime", "video/webm"),
        source=_MESSAGES,
        alt_at_most=1024,
    ),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name", "time"),
    handle_prefix="#",
    body=("text", "pictures"),
    card="none",
    actions=("react", "reply"),
)

MEASURES = (
    Measure("likes", "Reactions", offered=True),
    Measure("replies", "Replies", offered=False, reason="Discord does not count the answers to a message."),
    Measure("reach", "Reach", offered=False, reason="Discord tells bots nothing of who has read a message."),
)
QUIET = {"parse": [], "replied_user": True}  # who is answered hears of it, and nobody whom a text merely names
FOLLOWED_BACK = 5  # pages of the channel that are read to find a message again
EARLIER = timedelta(minutes=10)  # by how much Discord's clock may be behind ours


class Discord:
    """Connects, publishes, replies, settles, edits, deletes, listens and measures."""

    key = "discord"
    name = "Discord"
    home = "https://discord.com/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = (
        "the documented examples and a small server in memory that answers as the documents say, "
        "not against Discord itself"
    )
    hosts = ("discord.com",)
    fields = (
        Field("token", "Bot token", hint="Developer Portal → your application → Bot → Reset Token", kind="secret"),
        Field("channel", "Channel's id", hint="in developer mode: right click on the channel, Copy Channel ID"),
    )
    lacks: Mapping[str, str] = {"hides": "On Discord a message stands or is deleted: nothing is hidden."}

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        token, channel = answers["token"].strip(), answers["channel"].strip()
        if not channel.isdigit():
            raise Refused("This is not a channel's id.", mend="It is a long number: copy it in developer mode.")
        line = Line(http, {"token": token})
        try:
            bot, (account, guild) = word(row(wire.read(line, "users/@me")), "id"), room_of(line, channel)
        except Reconnect as wrong:
            said = "Discord does not accept this bot token for this channel."
            raise Refused(said, mend="Copy the token again, and invite the bot to the server first.") from wrong
        return account, Granted({"token": token, "channel": account.id, "guild": guild, "bot": bot})

    def refresh(self, *, over: Line) -> Granted:
        """A bot token does not end by itself: Discord is asked, to hear when it was reset."""
        wire.read(over, "users/@me")
        return Granted(dict(over.credentials))

    def identify(self, *, over: Line) -> Account:
        return room_of(over, over.credentials["channel"])[0]

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        """The key is the message's nonce, which Discord takes once within some minutes. Nobody is pinged by what a text holds."""
        body: dict[str, Any] = {"content": outgoing.text, "nonce": outgoing.key[:25], "enforce_nonce": True}
        body["allowed_mentions"] = QUIET
        if outgoing.answers:
            body["message_reference"] = {"message_id": outgoing.answers, "fail_if_not_exists": True}
        path = f"channels/{over.credentials['channel']}/messages"
        if outgoing.video:
            return published(wire.send_video(over, path, body, outgoing.video), over)
        return published(wire.send(over, path, body, outgoing.pictures), over)

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        return self.publish(outgoing, over=over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        """Our own messages since it was made, by our link's code; without a link by the same words."""
        for message in own_messages(outgoing, over):
            content = str(message.get("content") or "")
            if (outgoing.marker in content) if outgoing.marker else content.split() == outgoing.text.split():
                return published(message, over)
        return Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; pictures stay, because they are not named."""
        path = f"channels/{over.credentials['channel']}/messages/{id}"
        return published(wire.write(over, "PATCH", path, {"content": outgoing.text, "allowed_mentions": QUIET}), over)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            wire.write(over, "DELETE", f"channels/{over.credentials['channel']}/messages/{id}")
        except Gone:
            return TakenDown(id, "Discord says that the message was gone already.")
        return TakenDown(id, "Discord confirms that the message is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            wire.read(over, f"channels/{over.credentials['channel']}/messages/{id}")
        except Gone:
            return False
        return True

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        readings: list[Reading] = []
        missing: list[str] = []
        for id in ids:
            try:
                message = wire.read(over, f"channels/{over.credentials['channel']}/messages/{id}")
            except Gone:
                missing.append(id)
                continue
            reacted = sum(number(each, "count") or 0 for each in listed(row(message), "reactions"))
            readings += [Reading(id, each.key, value_of(each, reacted)) for each in MEASURES]
        return Measured(tuple(readings), tuple(missing))

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("Discord", outgoing, describes="on each picture, with the pencil")

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"/channels/\d+/\d+/(?P<id>\d+)/?")


def room_of(line: Line, channel: str) -> tuple[Account, str]:
    """The channel as an account, and its server's id."""
    room = row(wire.read(line, f"channels/{channel}"))
    if not (within := word(room, "guild_id")):
        raise Refused("This channel is in no server.", mend="Choose a channel of your server.")
    guild, id, name = row(wire.read(line, f"guilds/{within}")), word(room, "id"), word(room, "name")
    if not id:
        raise TryLater("Discord does not say which channel this is.", after=600.0)
    address = f"https://discord.com/channels/{within}/{id}"
    return Account(id, name or id, f"{word(guild, 'name')} #{name or id}".strip(), address=address), within


def value_of(measure: Measure, reacted: int) -> int | NotOffered:
    return reacted if measure.offered else NOT_OFFERED


def own_messages(outgoing: Outgoing, over: Line) -> Iterator[Mapping[str, Any]]:
    """The bot's messages in its channel, the newest first, back to when this one was made."""
    oldest, path = "", f"channels/{over.credentials['channel']}/messages"
    for _page in range(FOLLOWED_BACK):
        page = rows(wire.read(over, path, limit=100, before=oldest))
        for message in page:
            if instant(message.get("timestamp")) < outgoing.made_at - EARLIER:
                return
            if part(message, "author").get("id") == over.credentials["bot"]:
                yield message
        if not page:
            return
        oldest = word(page[-1], "id")
    raise TryLater("So much was said there since that it could not be found out.", after=3600.0)


def published(message: Any, over: Line) -> Published:
    if not (id := word(message, "id")):
        raise Unknown("Discord's answer does not name the message.")
    version, at = word(message, "edited_timestamp", "id"), instant(message.get("timestamp"))
    return Published(id, version, listening.address_of(id, over.credentials), at)


CONNECTOR = Discord()
