"""The Slack connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from stoa.social.networks.given import listed, number, word
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.multipart import ending
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
    Pending,
    Picture,
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
    Video,
    VideoLimit,
)
from stoa.social.networks.slack import listening, threads, wire, words

_CHECKED = date(2026, 11, 30)
_MESSAGES = Source("https://docs.slack.dev/reference/methods/chat.postMessage", _CHECKED)
_FILES = Source("https://docs.slack.dev/reference/methods/files.getUploadURLExternal", _CHECKED)
_CAUTION = Source("stoa/social/networks/slack/setup.md", _CHECKED)
_RATES = Source("https://docs.slack.dev/apis/web-api/rate-limits", _CHECKED)

RULES = Rules(
    text=(TextLimit("codepoints", 4000, _MESSAGES),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=20_000_000,
        mimes=("image/jpeg", "image/png", "image/gif", "image/webp"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_CAUTION,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_MESSAGES),
    threads=True,
    lag=5.0,
    videos=VideoLimit(100_000_000, ENDLESS, ("video/mp4", "video/quicktime", "video/webm"), _CAUTION),
    rates=(Rate("messages", 1, 1, _RATES),),
    keyed=False,
)

LAYOUT = Layout(
    avatar="rounded",
    heading=("name", "time"),
    handle_prefix="#",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("react", "reply in thread"),
)

MEASURES = (
    Measure("likes", "Reactions", offered=True),
    Measure("replies", "Replies", offered=True),
    Measure("reach", "Reach", offered=False, reason="Slack tells apps nothing of who has read a message."),
)
COPY_AGAIN = "Copy the bot token again: it begins with xoxb-."
SHARED_AFTER = 5.0  # seconds until a message with pictures is looked for


class Slack:
    """Connects, publishes, replies, settles, edits, deletes, listens and measures."""

    key = "slack"
    name = "Slack"
    home = "https://slack.com/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "the documented examples and a small server in memory that answers as the documents say, not against Slack itself"
    hosts = ("slack.com",)
    fields = (
        Field(
            "token",
            "Bot token",
            hint="begins with xoxb-: your app → OAuth & Permissions, once it is installed",
            kind="secret",
        ),
        Field(
            "channel", "Channel’s id", hint="like C0123456789: open the channel’s name there, at the bottom of About"
        ),
    )
    lacks: Mapping[str, str] = {"hides": "On Slack a message stands or is deleted: nothing is hidden."}

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        token, channel = answers["token"].strip(), answers["channel"].strip()
        if not re.fullmatch(r"[\x21-\x7e]+", token):
            raise Refused("This is not a token.", mend=COPY_AGAIN)
        if not re.fullmatch(r"[CG][A-Z0-9]{5,20}", channel):
            raise Refused(
                "This is not a channel’s id.", mend="It begins with C: open the channel’s name, at the bottom of About."
            )
        line = Line(http, {"token": token})
        try:
            bot = wire.read(line, "auth.test")
            room = wire.read(line, "conversations.info", channel=channel)["channel"]
            check(bot, room)
            return opened(token, bot, room)
        except Reconnect as wrong:
            raise Refused("Slack does not accept this token.", mend=COPY_AGAIN) from wrong
        except (AttributeError, KeyError, TypeError) as wrong:
            raise Refused("Slack’s answer could not be read.", mend="Try again in a while.") from wrong

    def refresh(self, *, over: Line) -> Granted:
        """A bot token does not end by itself: Slack is asked, to hear when it was revoked."""
        wire.read(over, "auth.test")
        return Granted(dict(over.credentials))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published | Pending:
        """Our key goes beside the message as its metadata. A link that leads somewhere is unfurled; nothing else is."""
        body: dict[str, Any] = {"blocks": [words.block(outgoing.text)]} if outgoing.text else {}
        body |= {"thread_ts": threads.root_of(threads.one(over, outgoing.answers))} if outgoing.answers else {}
        if outgoing.pictures or outgoing.video:
            return share(outgoing, body, over)
        body |= {
            "channel": over.credentials["channel"], "text": words.escaped(outgoing.text),
            "metadata": threads.metadata(outgoing), "unfurl_links": bool(outgoing.link), "unfurl_media": False,
        }  # fmt: skip
        made = wire.write(over, "chat.postMessage", body)
        return threads.published({"thread_ts": body.get("thread_ts"), **dict(made)}, over)

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published | Pending:
        """In the thread of what is answered; Slack would let an answer to what is gone stand alone, so it is looked at first."""
        return self.publish(outgoing, over=over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent | Pending:
        for message in threads.sent_since(outgoing, over):
            if threads.is_it(message, outgoing, handle):
                return threads.published(message, over)
        return Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; pictures stay, because they are not named."""
        body = {"channel": over.credentials["channel"], "ts": id, "text": words.escaped(outgoing.text)}
        made = wire.write(over, "chat.update", {**body, "blocks": [words.block(outgoing.text)]})
        found = made.get("message")
        edited = found if isinstance(found, Mapping) else {}
        return threads.published({**edited, "ts": made.get("ts")}, over)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        """First the files that were shared with it, which would stay reachable for who has their address; the message, which names them,
        last: whoever tries again finds what is left."""
        try:
            message = threads.one(over, id)
        except Gone:
            return TakenDown(id, "Slack says that the message was gone already.")
        for file in listed(message, "files"):
            with suppress(Gone):
                wire.write(over, "files.delete", {"file": word(file, "id")})
        with suppress(Gone):  # Slack may take a message along with its last file
            wire.write(over, "chat.delete", {"channel": over.credentials["channel"], "ts": id})
        return TakenDown(id, "Slack confirms that the message is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            threads.one(over, id)
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
                message = threads.one(over, id)
            except Gone:
                missing.append(id)
                continue
            readings += [Reading(id, each.key, value_of(each.key, message)) for each in MEASURES]
        return Measured(tuple(readings), tuple(missing))

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("Slack", outgoing, describes="in each picture’s menu, under its details")

    def recognise(self, address: str) -> Seen | None:
        seen = seen_in(address, self.hosts, r"/archives/[CG][A-Z0-9]+/p(?P<id>\d{16})/?")
        return Seen(f"{seen.id[:-6]}.{seen.id[-6:]}") if seen else None


def check(bot: Mapping[str, Any], room: Mapping[str, Any]) -> None:
    """Whether the token is a bot's, and the bot may post there."""
    if not bot.get("bot_id"):
        raise Refused("This token is a person’s.", mend=COPY_AGAIN)
    if room.get("is_archived"):
        raise Refused("This channel is archived.", mend=wire.MENDS["is_archived"])
    if not room.get("is_member"):
        raise Refused("The bot is not in this channel.", mend=wire.INVITE)
    if not wire.is_slack(str(bot["url"])):
        raise Refused("Slack did not name the workspace.", mend="Try again in a while.")


def opened(token: str, bot: Mapping[str, Any], room: Mapping[str, Any]) -> tuple[Account, Granted]:
    home, channel, team = str(bot["url"]).rstrip("/"), str(room["id"]), str(bot["team_id"])
    granted = {"token": token, "channel": channel, "team": team, "bot": str(bot["user_id"]), "home": home}
    title = f"{bot.get('team', '')} #{room['name']}".strip()
    account = Account(f"{team}/{channel}", str(room["name"]), title, address=f"{home}/archives/{channel}")
    return account, Granted(granted)


def share(outgoing: Outgoing, body: Mapping[str, Any], over: Line) -> Pending:
    """Pictures with their descriptions, or a video, then one message with all of them, which Slack makes a little later."""
    shown: list[Picture | Video] = [*outgoing.pictures, *([outgoing.video] if outgoing.video else [])]
    files = [
        {
            "id": wire.store(over, each, f"{outgoing.key}-{number}.{ending(each.mime)}"),
            "title": each.alt[:80] or (f"Picture {number}" if each is not outgoing.video else "Video"),
        }
        for number, each in enumerate(shown, start=1)
    ]
    asked = {"files": files, "channel_id": over.credentials["channel"], **body}
    wire.write(over, "files.completeUploadExternal", asked)
    return Pending("+".join(each["id"] for each in files), SHARED_AFTER)


def value_of(measure: str, message: Mapping[str, Any]) -> int | NotOffered:
    if measure == "replies":
        return number(message, "reply_count") or 0  # Slack leaves out what is nought
    if measure == "likes":
        return sum(number(each, "count") or 0 for each in listed(message, "reactions"))
    return NOT_OFFERED


CONNECTOR = Slack()
