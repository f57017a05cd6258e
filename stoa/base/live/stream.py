"""One live stream over server-sent events: `/live?on=talk.topic:ID,…`.

It carries fact names and ids only: the page fetches its fragment by its normal address, so permission has one place.
Who may hear is asked when it opens and again before each event. An event's id names the newest ids that were sent, so
that a stream that opens again (`Last-Event-ID`, or `last` in the query) is told what it missed, ten seconds of overlap
included, and nothing twice.
"""

import asyncio
import json
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from stoa.base import ids
from stoa.base.gateway import Receive, Refused, Scope, Send
from stoa.base.live.hub import OVERLAP, Ear, Event, Hub, Look, audible, facts_since
from stoa.base.things import Reference

HEARTBEAT = 20.0
MOST_STREAMS = 2000
MOST_THINGS = 20
NAMED = 40
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Cursor:
    """What this visitor has been sent: the ids of the last ten seconds before the newest."""

    def __init__(self, told: str) -> None:
        self.sent: set[int] = set()
        for part in told.split(".")[:NAMED]:
            try:
                self.sent.add(ids.parse(part))
            except ValueError:
                continue
        self.newest = max(self.sent, default=ids.new())

    def since(self) -> int:
        return self.newest - OVERLAP

    def add(self, number: int) -> None:
        self.newest = max(self.newest, number)
        self.sent = {each for each in self.sent if each > self.since()} | {number}

    def __str__(self) -> str:
        return ".".join(ids.shown(each) for each in sorted(self.sent, reverse=True)[:NAMED]) or ids.shown(self.newest)


def wanted(query: Mapping[str, list[str]]) -> set[Reference]:
    """The things named by `on`. Raises Refused when there are none, too many, or one is not a reference."""
    named = [part for part in ",".join(query.get("on", [])).split(",") if part]
    try:
        found = {(key, ids.parse(shown)) for key, shown in (part.split(":", 1) for part in named)}
    except ValueError:
        raise Refused(400, "Not the name of a thing.") from None
    if not 0 < len(found) <= MOST_THINGS:
        raise Refused(400, "Name between one and twenty things.")
    return found


def session_of(cookie: str) -> str:
    try:
        morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


class Stream:
    """One visitor's open stream."""

    def __init__(self, hub: Hub, send: Send, session: str, cursor: Cursor, on: set[Reference]) -> None:
        self.hub, self.send, self.session, self.cursor = hub, send, session, cursor
        self.ear = Ear(on)

    async def tell(self, event: Event | Look) -> None:
        """Sends one event, if this visitor may still hear it and has not been told."""
        if isinstance(event, Event) and event.id in self.cursor.sent:
            return
        if event.about not in await self.hub.ask(audible, self.session, [event.about]):
            self.ear.on.discard(event.about)
            return
        key, number = event.about
        if isinstance(event, Look):
            said = json.dumps({"key": key, "id": ids.shown(number)})
            if self.session:  # who is near is told to members alone
                await self.write(f"event: nearby\ndata: {said}\n\n")
            return
        self.cursor.add(event.id)
        said = json.dumps({"fact": event.fact, "key": key, "id": ids.shown(number)})
        await self.write(f"id: {self.cursor}\ndata: {said}\n\n")

    async def write(self, text: str) -> None:
        await self.send({"type": "http.response.body", "body": text.encode(), "more_body": True})

    async def run(self, gone: "asyncio.Future[None]") -> None:
        """Replays what was missed, then tells what comes, until the visitor leaves, nothing may be heard, or the house closes."""
        await self.write(f"retry: 2000\nevent: open\nid: {self.cursor}\ndata: {{}}\n\n")
        for event in await self.hub.ask(facts_since, self.cursor.since(), self.ear.on):
            await self.tell(event)
        stopped = asyncio.create_task(self.hub.stopping.wait())
        try:
            while self.ear.on and not self.ear.queue.full():
                coming = asyncio.create_task(self.ear.queue.get())
                ends: set[asyncio.Future[Any]] = {coming, stopped, gone}
                await asyncio.wait(ends, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
                if stopped.done() or gone.done():
                    coming.cancel()
                    return
                if coming.done():
                    await self.tell(coming.result())
                else:
                    coming.cancel()
                    await self.write(": still here\n\n")
        finally:
            stopped.cancel()


async def serve(hub: Hub, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive, send: Send) -> None:
    """Answers `/live`. What may not be heard answers like what does not exist."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    on = wanted(query)
    if len(hub.ears) >= MOST_STREAMS or hub.stopping.is_set():
        raise Refused(503, "Too many pages are listening.")
    session = session_of(headers.get(b"cookie", b"").decode("latin-1"))
    on = await hub.ask(audible, session, on)
    if not on:
        raise Refused(404, "Nothing to hear.")
    told = headers.get(b"last-event-id", b"").decode("latin-1") or query.get("last", [""])[0]
    stream = Stream(hub, send, session, Cursor(told), on)
    hub.ears.add(stream.ear)
    gone = asyncio.ensure_future(left(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await stream.run(gone)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()
        hub.ears.discard(stream.ear)


async def left(receive: Receive) -> None:
    """Returns when the visitor has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
