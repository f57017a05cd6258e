"""A small Telegram in memory that answers as its documents say: a channel, its discussion group, a bot, updates that are told once."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import Rehearsal, Reply, Shown

TOKEN = "123456:AAbb-ccDDeeFFggHHiiJJkkLLmmNNooPP"
BOT = {"id": 123456, "is_bot": True, "first_name": "Guild", "username": "guild_bot"}
CHANNEL = {"id": -1001000, "type": "channel", "title": "The Guild", "username": "theguild"}
GROUP = {"id": -1002000, "type": "supergroup", "title": "The Guild talks"}
ROSA = {"id": 301, "is_bot": False, "first_name": "Rosa", "last_name": "Lind", "username": "rosa"}
MADE = 1772366400  # 2026-03-01 12:00 UTC


def said(status: int, **body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode())


def done(result: Any) -> Reply:
    return said(200, ok=True, result=result)


def wrong(code: int, description: str, **parameters: Any) -> Reply:
    more = {"parameters": parameters} if parameters else {}
    return said(code, ok=False, error_code=code, description=description, **more)


def sized(photo: bytes) -> list[dict[str, int]]:
    return [{"file_size": len(photo)}]


@dataclass
class SmallServer:
    """`messages` by (chat, number); `updates`: what was not confirmed yet; `asked`: every call, with what it brought."""

    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    member: dict[str, Any] = field(default_factory=lambda: {"status": "administrator", "can_post_messages": True})
    webhook: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(50))
    updated: Iterator[int] = field(default_factory=lambda: itertools.count(9000))

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Response:
        parts = urlsplit(url)
        bot, _slash, called = parts.path.removeprefix("/bot").partition("/")
        if bot != TOKEN:
            return wrong(401, "Unauthorized") if ":" in bot else wrong(404, "Not Found")
        brought = dict(parse_qsl(parts.query)) if method == "GET" else json
        if content:
            brought = parsed(content, (headers or {})["content-type"])
        self.asked.append((called, dict(brought or {})))
        answered: Response = getattr(self, f"on_{called}")(brought or {})
        return answered

    def on_getMe(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        return done(BOT)

    def on_getChat(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        if brought["chat_id"] in ("@theguild", str(CHANNEL["id"])):
            return done({**CHANNEL, "linked_chat_id": GROUP["id"]})
        return done(GROUP) if brought["chat_id"] == str(GROUP["id"]) else wrong(400, "Bad Request: chat not found")

    def on_getChatMember(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        return done({"user": BOT, **self.member})

    def on_getWebhookInfo(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        return done({"url": self.webhook, "pending_update_count": 0})

    def on_getUpdates(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        """An update is confirmed as soon as a higher number is asked for."""
        self.updates = [each for each in self.updates if each["update_id"] >= int(brought.get("offset", 0))]
        return done(self.updates[: int(brought["limit"])])

    def on_sendMessage(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        if len(brought["text"].encode("utf-16-le")) > 2 * 4096:
            return wrong(400, "Bad Request: message is too long")
        return self.made(brought, [{"text": brought["text"]}])

    def on_sendPhoto(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        if len(brought.get("caption", "").encode("utf-16-le")) > 2 * 1024:
            return wrong(400, "Bad Request: message caption is too long")
        return self.made(brought, [{"caption": brought.get("caption", ""), "photo": sized(brought["photo"])}])

    def on_sendVideo(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        if len(brought.get("caption", "").encode("utf-16-le")) > 2 * 1024:
            return wrong(400, "Bad Request: message caption is too long")
        video = {"file_size": len(brought["video"]), "mime_type": "video/mp4"}
        return self.made(brought, [{"caption": brought.get("caption", ""), "video": video}])

    def on_sendMediaGroup(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        shown = json.loads(brought["media"])
        bodies = [
            {"caption": each.get("caption", ""), "photo": sized(brought[each["media"].removeprefix("attach://")])}
            for each in shown
        ]
        return self.made(brought, [{**each, "media_group_id": "77"} for each in bodies])

    def made(self, brought: Mapping[str, Any], bodies: list[dict[str, Any]]) -> Reply:
        chat = GROUP if int(brought["chat_id"]) == GROUP["id"] else CHANNEL
        told = brought.get("reply_parameters") or {}
        answered = (json.loads(told) if isinstance(told, str) else told).get("message_id")
        if answered and (chat["id"], answered) not in self.messages:
            return wrong(400, "Bad Request: message to be replied not found")
        found = [self.keep(chat, {**body, "from": BOT}) for body in bodies]
        return done(found if "media" in brought else found[0])

    def keep(self, chat: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        number = next(self.numbers)
        kept = {"message_id": number, "chat": dict(chat), "date": MADE + number, **body}
        self.messages[(int(chat["id"]), number)] = kept
        return kept

    def on_editMessageText(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        return self.changed(brought, "text")

    def on_editMessageCaption(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        return self.changed(brought, "caption")

    def on_editMessageReplyMarkup(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        return self.changed(brought, "")

    def changed(self, brought: Mapping[str, Any], name: str) -> Reply:
        message = self.messages.get((int(brought["chat_id"]), brought["message_id"]))
        if message is None:
            return wrong(400, "Bad Request: message to edit not found")
        if not name or message.get(name) == brought[name]:
            return wrong(
                400, "Bad Request: message is not modified: specified new message content and reply markup are the same"
            )
        message |= {name: brought[name], "edit_date": MADE + 3600}
        return done(message)

    def on_deleteMessage(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        found = self.messages.pop((int(brought["chat_id"]), brought["message_id"]), None)
        return done(True) if found else wrong(400, "Bad Request: message to delete not found")

    def on_deleteMessages(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        for number in brought["message_ids"]:
            self.messages.pop((int(brought["chat_id"]), number), None)
        return done(True)

    def overhear(self, id: str, text: str, speaker: Mapping[str, Any] = ROSA) -> str:
        """A stranger comments on a post of the channel, in its discussion group."""
        number = int(id.partition("/")[2].partition("+")[0])
        shown = self.keep(GROUP, {"sender_chat": CHANNEL, "is_automatic_forward": True,
                                  "forward_origin": {"type": "channel", "chat": CHANNEL, "message_id": number}})  # fmt: skip
        return self.speak({"from": dict(speaker), "text": text, "reply_to_message": shown})

    def speak(self, body: Mapping[str, Any], chat: Mapping[str, Any] = GROUP) -> str:
        kept = self.keep(chat, body)
        self.updates.append({"update_id": next(self.updated), "message": kept})
        return f"{chat['id']}/{kept['message_id']}"


def parsed(content: bytes, kind: str) -> dict[str, Any]:
    """Fields and files, read by a parser that knows nothing of ours; of a file the bytes alone."""
    parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content).get_payload()
    found: dict[str, Any] = {}
    for part in parts:
        value: bytes = part.get_payload(decode=True)  # type: ignore[union-attr, assignment]
        name = str(part.get_param("name", header="content-disposition"))  # type: ignore[union-attr]
        found[name] = value if part.get_filename() else value.decode()  # type: ignore[union-attr]
    return found


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallServer()

    def count() -> int:
        return sum(chat == CHANNEL["id"] for chat, _number in server.messages)

    answers = {"token": TOKEN, "channel": "@theguild"}
    yield Rehearsal(server, answers, count, server.overhear, shown=lambda: shown(server))


def shown(server: SmallServer) -> list[Shown]:
    """Telegram keeps no description of a picture."""
    own = [each for (chat, _number), each in server.messages.items() if chat == CHANNEL["id"]]
    return [Shown(each.get("text", "") or each.get("caption", "")) for each in own]
