"""The hostile network: a real server on 127.0.0.1. What it accepted stands in its log, which no database of ours knows.

`python -m proofs.publish.network FOLDER` writes its port to FOLDER/port and one line of JSON a call to FOLDER/network.jsonl. How it
answers is decided by seed, key and number of the call alone, so that a run can be had again.
"""

import asyncio
import hashlib
import json
import socket
import struct
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from proofs.publish.parent import ends_with_parent

LONGEST = 90.0  # seconds that it keeps somebody waiting
TEN_YEARS = "315360000"
WAITS = ("20", "date", "", "-5", TEN_YEARS, "soon")  # what it says in Retry-After, one for each of its accounts in turn


@dataclass
class Plan:
    """`posts`: what a sending meets, with its share of one; the rest goes well. `reads`: what a reading meets. `lag`: seconds until a
    post can be read, between these two. `dark`: nothing is answered at all. `calls`: after so many a token has expired (0: never)."""

    seed: int = 1
    posts: list[tuple[str, float]] = field(default_factory=list)
    reads: str = "ok"
    lag: tuple[float, float] = (0.0, 0.0)
    dark: bool = False
    calls: int = 0
    latency: tuple[float, float] = (0.004, 0.03)

    def draw(self, *what: object) -> float:
        """Between 0 and 1, always the same for the same."""
        packed = hashlib.blake2b(repr((self.seed, *what)).encode(), digest_size=8).digest()
        return float(struct.unpack("Q", packed)[0] / 2**64)

    def meets(self, key: str, number: int) -> str:
        left = self.draw("post", key, number)
        for fault, share in self.posts:
            left -= share
            if left < 0:
                return fault
        return "ok"

    def between(self, ends: tuple[float, float], *what: object) -> float:
        return ends[0] + (ends[1] - ends[0]) * self.draw(*what)


@dataclass
class Account:
    """One account there: its posts, the key's first posts, its tokens and which of them were used up."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    by_key: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: int = 0
    turn: int = 0
    is_revoked: bool = False
    is_burned: bool = False


class Network:
    """All networks of a run: the first part of a path is which, the second the account."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.plan = plan
        self.clock = folder / "clock.json"
        self.log = (folder / "network.jsonl").open("a", buffering=1)
        self.accounts: dict[tuple[str, str], Account] = {}
        self.sent: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            given = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            body = await reader.readexactly(int(given.get("content-length", 0)))
            method, target, _version = head[0].split(" ")
            await self.answer(writer, method, target, given, json.loads(body) if body else {})
        except (OSError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            writer.close()

    async def answer(
        self, writer: asyncio.StreamWriter, method: str, target: str, given: dict[str, str], body: dict[str, Any]
    ) -> None:
        parts = urlsplit(target)
        if parts.path == "/plan":
            for name, value in body.items():
                setattr(self.plan, name, value)
            await say(writer, 200, {})
            return
        if self.plan.dark:
            await asyncio.sleep(LONGEST)
            return
        network, account, what = parts.path.strip("/").split("/")[:3]
        there = self.accounts.setdefault((network, account), Account())
        told: dict[str, Any] = {
            "t": time.time(),
            "network": network,
            "account": account,
            "turn": given.get("x-turn", ""),
        }
        await asyncio.sleep(self.plan.between(self.plan.latency, target, told["t"]))
        if what == "token":
            await self.renew(writer, there, body, told)
        elif what == "revoke":
            there.is_revoked = True
            await say(writer, 200, {})
        elif not self.is_open(there, given):
            self.note({**told, "what": "closed"})
            await say(writer, 401, {"error": "over" if there.is_revoked else "expired"})
        elif method == "POST":
            await self.take(writer, there, body, told)
        else:
            await self.find(writer, there, parse_qs(parts.query), told)

    def shown(self) -> float:
        """What the clock of the run shows: lags are the product's time."""
        told = json.loads(self.clock.read_text())
        return float(told["since"] + (time.time() - told["since"]) * told["rate"] + told["ahead"])

    def note(self, told: dict[str, Any]) -> None:
        self.log.write(json.dumps(told) + "\n")

    def is_open(self, there: Account, given: dict[str, str]) -> bool:
        """Whether the token still opens it; after so many calls it does not any more."""
        if there.is_revoked:
            return False
        if not self.plan.calls:
            return True
        there.calls += 1
        return given.get("authorization") == f"bearer token-{there.turn}" and there.calls <= self.plan.calls

    async def renew(
        self, writer: asyncio.StreamWriter, there: Account, body: dict[str, Any], told: dict[str, Any]
    ) -> None:
        """A refresh token works once. Whoever shows one that was used up is taken for a thief, and the account is closed."""
        fits = body.get("refresh") == f"refresh-{there.turn}"
        self.note({**told, "what": "refresh", "fits": fits, "revoked": there.is_revoked})
        if there.is_revoked or not fits:
            there.is_burned = there.is_burned or not (fits or there.is_revoked)
            there.is_revoked = True
            await say(writer, 400, {"error": "invalid_grant"})
            return
        there.turn, there.calls = there.turn + 1, 0
        await say(writer, 200, {"token": f"token-{there.turn}", "refresh": f"refresh-{there.turn}"})

    async def take(
        self, writer: asyncio.StreamWriter, there: Account, body: dict[str, Any], told: dict[str, Any]
    ) -> None:
        key = body["key"]
        self.sent[key] += 1
        fault = self.plan.meets(key, self.sent[key])
        made: dict[str, Any] | None = None
        is_new = False
        if fault == "ok" or fault.endswith("after"):
            known = there.by_key.get(key) if told["network"].startswith("keyed") else None
            is_new = known is None
            made = known or self.make(there, body, told)
        wait = WAITS[int(told["account"].rpartition("-")[2]) % len(WAITS)] if fault == "429" else None
        self.note({**told, "what": "post", "key": key, "fault": fault, "made": is_new, "wait": wait})
        await spoil(writer, fault, made, wait)

    def make(self, there: Account, body: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
        lag = self.plan.between(self.plan.lag, "lag", body["key"])
        made = {
            "id": f"{told['network']}-{told['account']}-{len(there.posts) + 1}",
            "key": body["key"], "marker": body["marker"], "seen_from": self.shown() + lag,
        }  # fmt: skip
        there.posts.append(made)
        there.by_key.setdefault(body["key"], made)
        return made

    async def find(
        self, writer: asyncio.StreamWriter, there: Account, asked: dict[str, list[str]], told: dict[str, Any]
    ) -> None:
        self.note({**told, "what": "read", "fault": self.plan.reads})
        if self.plan.reads != "ok":
            await say(writer, 503, {"error": "maintenance"} if self.plan.reads == "503" else {})
            return
        name = "key" if told["network"].startswith("keyed") else "marker"
        wanted = asked.get(name, [""])[0]
        found = [each for each in there.posts if each[name] == wanted and each["seen_from"] <= self.shown()]
        await say(writer, 200, {"posts": [shape(each) for each in found]})


def shape(made: dict[str, Any]) -> dict[str, str]:
    return {"id": made["id"], "address": f"https://network.example/{made['id']}"}


async def say(writer: asyncio.StreamWriter, status: int, body: Any, headers: str = "") -> None:
    packed = body if isinstance(body, bytes) else json.dumps(body).encode()
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
    writer.write(f"HTTP/1.1 {status} X\r\ndate: {date}\r\ncontent-length: {len(packed)}\r\n{headers}\r\n".encode())
    writer.write(packed)
    await writer.drain()


async def spoil(writer: asyncio.StreamWriter, fault: str, made: dict[str, Any] | None, wait: str | None) -> None:
    """Answers a sending as the fault wants. What ends with `after` was accepted; what ends with `before` was not."""
    whole = json.dumps(shape(made) if made else {"id": "x-1", "address": "https://network.example/x-1"}).encode()
    match fault.split()[0]:
        case "ok":
            await say(writer, 201, whole)
        case "silence":
            await asyncio.sleep(LONGEST)
        case "reset":
            told = writer.get_extra_info("socket")
            told.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        case "500" | "502" | "503":
            await say(writer, int(fault.split()[0]), b"<html>Sorry</html>")
        case "noise":
            await say(writer, 200, b"{'id': 7,,")
        case "cut":
            writer.write(f"HTTP/1.1 201 X\r\ncontent-length: {len(whole)}\r\n\r\n".encode() + whole[: len(whole) // 2])
        case "4xx":
            await say(writer, 422, {**json.loads(whole), "error": "text", "message": "This is not welcome here."})
        case "odd":
            await say(writer, 404, whole)
        case "error":
            await say(writer, 200, {"error": "quota", "message": "Not today."})
        case "empty":
            await say(writer, 200, {"id": "", "address": ""})
        case "429":
            await say(writer, 429, {"error": "slow down"}, retry_after(wait or ""))
        case _:
            await flood(writer, fault.split()[0])


def retry_after(wait: str) -> str:
    if wait == "date":
        wait = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 40))
    return f"retry-after: {wait}\r\n" if wait else ""


async def flood(writer: asyncio.StreamWriter, how: str) -> None:
    """A byte now and then, more than anybody can hold, more than it seems, and from one address to the next."""
    import zlib

    if how == "slow":
        writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 5000\r\n\r\n")
        for _byte in range(int(LONGEST / 0.15)):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.15)
    elif how == "huge":
        writer.write(b"HTTP/1.1 200 X\r\ncontent-length: 10000000000\r\n\r\n")
        for _block in range(10_000):
            writer.write(b" " * 1_000_000)
            await writer.drain()
    elif how == "bomb":
        packer = zlib.compressobj(9, wbits=31)
        packed = b"".join(packer.compress(bytes(1_000_000)) for _block in range(200)) + packer.flush()
        await say(writer, 200, packed, "content-encoding: gzip\r\n")
    else:
        await say(writer, 302, b"", "location: /round/and/round\r\n")


async def main(folder: Path) -> None:
    ends_with_parent()
    plan = Plan(**json.loads((folder / "plan.json").read_text()))
    server = await asyncio.start_server(Network(folder, plan).serve, "127.0.0.1", 0, backlog=1024)
    fresh = folder / "port.new"
    fresh.write_text(str(server.sockets[0].getsockname()[1]))
    fresh.replace(folder / "port")
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
