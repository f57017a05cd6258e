"""The front: one ASGI application that answers what it can by itself and hands the rest to Django through the gateway."""

import asyncio
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any

import structlog
from django.conf import settings
from structlog.contextvars import bound_contextvars

from stoa.base import ids
from stoa.base.gateway import Answer, ClientGone, Gateway, Receive, Refused, Scope, Send, whole_body
from stoa.base.live import stream
from stoa.base.live.hub import Hub
from stoa.base.server import gate, health, static_files
from stoa.base.server.bytes_of_files import send_file, send_path, send_start
from stoa.base.server.page_cache import Kept, Key, PageCache, key_of
from stoa.base.server.squeeze import accepted, squeezed

log = structlog.get_logger()
SAFE = {"GET", "HEAD", "OPTIONS"}
WROTE_NOTHING = "x-stoa-wrote-nothing"  # said by a view whose POST changes nothing that a page shows


class Front:
    """The application that the server calls. `hub.stopping` ends all streams at once."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.gateway = Gateway(application, settings.STOA_THREADS)
        self.pages = PageCache()
        self.hub = Hub(on_fact=self.pages.empty)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live_span(receive, send)
        elif scope["type"] == "http":
            await self.answer(scope, receive, send)

    async def live_span(self, receive: Receive, send: Send) -> None:
        await receive()
        running = asyncio.create_task(self.hub.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.hub.stopping.set()
        await asyncio.gather(running, return_exceptions=True)
        await self.hub.close()
        self.gateway.threads.shutdown(wait=False, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A kept page goes out at once; whatever must be made gets a name under which the logs speak of it."""
        try:
            scope = gate.let_in(scope)
        except Refused as refusal:
            await send_refusal(send, refusal)
            return
        headers = dict(scope["headers"])
        key = key_of(scope, headers)
        if key and (kept := self.pages.find(key)):
            await send_kept(send, kept, headers)
            return
        with bound_contextvars(request=ids.shown(ids.new())):
            await self.make(scope, headers, receive, send, key)

    async def make(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, send: Send, key: Key | None
    ) -> None:
        try:
            if scope["path"] == "/live" and scope["method"] == "GET":
                await stream.serve(self.hub, scope, headers, receive, send)
            elif not await self.send_own(scope, headers, send):
                await self.send_page(scope, headers, receive, send, key)
        except Refused as refusal:
            await send_refusal(send, refusal)
        except ClientGone:
            log.info("request.gone", path=scope["path"])

    async def send_own(self, scope: Scope, headers: dict[bytes, bytes], send: Send) -> bool:
        """Answers what needs no Django: health and static files. False for everything else."""
        path, method = scope["path"], scope["method"]
        if path == "/healthz":
            await send_whole(send, health.healthz())
        elif path == "/readyz":
            await send_whole(send, await self.gateway.hop(health.readyz))
        elif path.startswith(settings.STATIC_URL) and method in SAFE:
            found = static_files.find(path, accepted_by(headers))
            if found is None:
                raise Refused(404, "There is no such file.")
            await send_path(*found, headers, send, method)
        else:
            return False
        return True

    async def send_page(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, send: Send, key: Key | None
    ) -> None:
        """Answers from Django, and keeps what may be kept."""
        writes = self.pages.writes
        answer = await self.ask_django(scope, receive)
        if answer.header("x-stoa-file"):
            await send_file(answer, headers, send, scope["method"])
        elif answer.pieces is not None:
            await self.send_pieces(answer, receive, send)
        elif key and (kept := self.pages.keep(key, answer, writes)):
            await send_kept(send, kept, headers)
        else:
            await send_whole(send, squeezed(answer, accepted_by(headers)))

    async def ask_django(self, scope: Scope, receive: Receive) -> Answer:
        # the gate lets nothing in whose length is not said, so that there is nothing to wait for
        sent = any(name == b"content-length" and value != b"0" for name, value in scope["headers"])
        body: IO[bytes] = await whole_body(receive, settings.STOA_BODY_LIMIT) if sent else BytesIO()
        may_write = scope["method"] not in SAFE
        try:
            answer = await self.gateway.answer(scope, body)
            may_write = may_write and not answer.header(WROTE_NOTHING)
            answer.drop(WROTE_NOTHING)
            return answer
        finally:
            body.close()
            if may_write:
                self.pages.empty()

    async def send_pieces(self, answer: Answer, receive: Receive, send: Send) -> None:
        """Sends a streaming answer piece by piece; when the reader leaves, the view's generator is closed, not run to its end."""
        gone = asyncio.ensure_future(stream.left(receive))
        pieces = self.gateway.pieces(answer)
        try:
            await send_start(send, answer.status, answer.headers)
            async for piece in pieces:
                if gone.done() or self.hub.stopping.is_set():
                    break
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            await pieces.aclose()  # type: ignore[attr-defined]


PLAIN = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]


def accepted_by(headers: dict[bytes, bytes]) -> list[str]:
    return accepted(headers.get(b"accept-encoding", b"").decode("latin-1"))


async def send_kept(send: Send, kept: Kept, headers: dict[bytes, bytes]) -> None:
    """As it was made ready; 304 where the visitor has it."""
    known = headers.get(b"if-none-match")
    if known and known.decode("latin-1") == kept.tag():
        await send_whole(send, kept.unchanged())
        return
    start, body = kept.ready(accepted_by(headers))
    await send(start)
    await send(body)


async def send_refusal(send: Send, refusal: Refused) -> None:
    await send_whole(send, Answer(refusal.status, PLAIN, f"{refusal.reason}\n".encode()))


async def send_whole(send: Send, answer: Answer) -> None:
    if answer.status not in (204, 304):
        answer.put("Content-Length", str(len(answer.body)))
    await send_start(send, answer.status, answer.headers)
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
