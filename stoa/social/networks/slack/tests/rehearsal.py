"""A small Slack in memory that answers as its documents say: one channel, threads, metadata, files that are shared a little later."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import Rehearsal, Reply, Shown

TOKEN = "xoxb-the-token-of-the-guild"
ROOM, TEAM, BOT, ROSA = "C0123456789", "T0123456789", "U0BOT", "U0ROSA"
PEOPLE = {BOT: "guildbot", ROSA: "rosa"}
MADE = 1772366400  # 2026-03-01 12:00 UTC


def done(**body: Any) -> Reply:
    return Reply(200, json.dumps({"ok": True, **body}).encode())


def wrong(error: str, **more: Any) -> Reply:
    return Reply(200, json.dumps({"ok": False, "error": error, **more}).encode())


@dataclass
class SmallServer:
    """`messages` by number, oldest first; `files`: their names, bytes and descriptions; `asked`: every call, with what it brought."""

    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    room: dict[str, Any] = field(default_factory=lambda: {"id": ROOM, "name": "announcements", "is_member": True})
    bot: dict[str, Any] = field(default_factory=lambda: {"bot_id": "B0BOT"})
    largest: int = 100
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

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
        parts, sent = urlsplit(url), headers or {}
        if parts.hostname == "uploads.slack.com":
            assert "authorization" not in sent
            self.files[parts.path.rpartition("/")[2]]["bytes"] = content
            return Reply(200, b"OK - 200")
        if sent.get("authorization") != f"Bearer {TOKEN}":
            return wrong("invalid_auth")
        brought = dict(parse_qsl(parts.query or (content or b"").decode())) if json is None else json
        called = parts.path.removeprefix("/api/")
        self.asked.append((called, brought))
        answered: Response = getattr(self, "on_" + called.replace(".", "_"))(brought)
        return answered

    def on_auth_test(self, brought: Mapping[str, Any]) -> Reply:
        return done(
            url="https://guild.slack.com/", team="The Guild", team_id=TEAM, user="guildbot", user_id=BOT, **self.bot
        )

    def on_conversations_info(self, brought: Mapping[str, Any]) -> Reply:
        return done(channel=self.room) if brought["channel"] == self.room["id"] else wrong("channel_not_found")

    def on_users_info(self, brought: Mapping[str, Any]) -> Reply:
        name = PEOPLE.get(brought["user"])
        profile = {"display_name": (name or "").title(), "image_72": f"https://a.slack-edge.com/{name}.png"}
        return done(user={"id": brought["user"], "name": name, "profile": profile}) if name else wrong("user_not_found")

    def on_chat_postMessage(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        if len(brought["text"]) > 4000:
            return wrong("msg_too_long")
        kept = {name: brought[name] for name in ("text", "blocks", "metadata", "thread_ts") if name in brought}
        message = self.keep({"user": BOT, "bot_id": "B0BOT", **kept})
        return done(channel=ROOM, ts=message["ts"], message=message)

    def keep(self, body: Mapping[str, Any]) -> dict[str, Any]:
        number = next(self.numbers)
        ts = f"{MADE + number}.{number:06d}"
        self.messages[ts] = {"type": "message", "ts": ts, **body}
        parent = self.messages.get(str(body.get("thread_ts")))
        if parent:
            parent |= {"thread_ts": parent["ts"], "reply_count": parent.get("reply_count", 0) + 1, "latest_reply": ts}
            self.messages[ts]["parent_user_id"] = parent["user"]
        return self.messages[ts]

    def on_chat_update(self, brought: Mapping[str, Any]) -> Reply:
        message = self.messages.get(brought["ts"])
        if message is None:
            return wrong("message_not_found")
        message |= {
            "text": brought["text"],
            "blocks": brought["blocks"],
            "edited": {"user": BOT, "ts": "1772370000.000000"},
        }
        return done(channel=ROOM, ts=brought["ts"], text=brought["text"], message=message)

    def on_chat_delete(self, brought: Mapping[str, Any]) -> Reply:
        return done(ts=brought["ts"]) if self.messages.pop(brought["ts"], None) else wrong("message_not_found")

    def on_conversations_history(self, brought: Mapping[str, Any]) -> Reply:
        found = [each for each in self.messages.values() if each.get("thread_ts") in (None, each["ts"])]
        return self.page([each for each in found if each["ts"] > brought.get("oldest", "")][::-1], brought)

    def on_conversations_replies(self, brought: Mapping[str, Any]) -> Reply:
        asked = self.messages.get(brought["ts"])
        if asked is None:
            return wrong("thread_not_found")
        root = asked.get("thread_ts", asked["ts"])
        inside = [each for each in self.messages.values() if each.get("thread_ts", each["ts"]) == root]
        later = [each for each in inside if each["ts"] == root or each["ts"] >= brought.get("oldest", "")]
        return self.page([each for each in later if each["ts"] <= brought.get("latest", "9")], brought)

    def page(self, found: list[dict[str, Any]], brought: Mapping[str, Any]) -> Reply:
        start, size = int(brought.get("cursor", 0)), min(int(brought["limit"]), self.largest)
        more = str(start + size) if len(found) > start + size else ""
        shown = [
            {name: value for name, value in each.items() if name != "metadata" or "include_all_metadata" in brought}
            for each in found[start : start + size]
        ]
        return done(messages=shown, has_more=bool(more), response_metadata={"next_cursor": more})

    def on_files_getUploadURLExternal(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        id = f"F{next(self.numbers)}"
        self.files[id] = {
            "id": id,
            "name": brought["filename"],
            "alt": brought.get("alt_txt", ""),
            "length": brought["length"],
        }
        return done(upload_url=f"https://uploads.slack.com/upload/v1/{id}", file_id=id)

    def on_files_completeUploadExternal(self, brought: Mapping[str, Any]) -> Reply:  # noqa: N802
        text = "".join(
            each["text"]
            for block in brought.get("blocks", ())
            for part in block["elements"]
            for each in part["elements"]
        )
        shown = [{"id": each["id"], "name": self.files[each["id"]]["name"]} for each in brought["files"]]
        thread = {"thread_ts": brought["thread_ts"]} if "thread_ts" in brought else {}
        self.keep({"user": BOT, "bot_id": "B0BOT", "subtype": "file_share", "text": text, "files": shown, **thread})
        return done(files=[{"id": each["id"], "title": each["title"]} for each in brought["files"]])

    def on_files_delete(self, brought: Mapping[str, Any]) -> Reply:
        return done() if self.files.pop(brought["file"], None) else wrong("file_not_found")

    def overhear(self, id: str, text: str) -> str:
        """A stranger answers a message in its thread."""
        return str(self.keep({"user": ROSA, "text": text, "thread_ts": id})["ts"])


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallServer()

    def count() -> int:
        return sum(each["user"] == BOT for each in server.messages.values())

    answers = {"token": TOKEN, "channel": ROOM}
    yield Rehearsal(server, answers, count, server.overhear, shown=lambda: shown(server))


def shown(server: SmallServer) -> list[Shown]:
    own = [each for each in server.messages.values() if each["user"] == BOT]
    return [Shown(one["text"], tuple(server.files[each["id"]]["alt"] for each in one.get("files", ()))) for one in own]
