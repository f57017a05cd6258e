"""The gateway: Django's WSGI application behind an ASGI server, without letting slow people hold its threads.

A request takes a thread only once its whole body is here, and holds it only while Python is answering: a streaming answer takes one for
each piece, and none while the reader is slow. Who leaves in the middle of an upload never reaches a view.
"""

import asyncio
import contextvars
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any

Scope = dict[str, Any]
Receive = Callable[[], Any]
Send = Callable[[dict[str, Any]], Any]
Headers = list[tuple[str, str]]

IN_MEMORY = 1_000_000  # bytes of a body that are held in memory before it goes to a temporary file
STALLED = 60.0  # seconds without one more byte after which an upload is given up


class ClientGone(Exception):
    """The visitor left before the answer."""


class Refused(Exception):
    """The request is answered here, with this status, before Django sees it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass
class Answer:
    """What came back: a whole body, or `pieces` one after the other (then `close` must be called, on a thread)."""

    status: int
    headers: Headers
    body: bytes = b""
    pieces: Iterator[bytes] | None = None
    close: Callable[[], None] = field(default=lambda: None)

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    def put(self, name: str, value: str) -> None:
        self.drop(name)
        self.headers.append((name, value))

    def drop(self, name: str) -> None:
        self.headers = [(key, value) for key, value in self.headers if key.lower() != name.lower()]


def raw(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Headers as the server sends them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


async def whole_body(receive: Receive, limit: int) -> IO[bytes]:
    """Waits for the whole body. Raises ClientGone when it breaks off, Refused when it is too long or stands still."""
    body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    length, more = 0, True
    try:
        while more:
            message = await asyncio.wait_for(receive(), STALLED)
            if message["type"] == "http.disconnect":
                raise ClientGone
            length += len(piece := message.get("body", b""))
            if length > limit:
                raise Refused(413, "That is more than can be sent at once.")
            body.write(piece)
            more = message.get("more_body", False)
    except BaseException as trouble:
        body.close()
        raise Refused(408, "The upload stood still.") if isinstance(trouble, TimeoutError) else trouble from None
    body.seek(0)
    return body


class Gateway:
    """Calls a WSGI application on a few threads that stay (so that database connections stay too)."""

    def __init__(self, application: Callable[..., Any], threads: int) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def hop(self, call: Callable[..., Any], *arguments: Any) -> Any:
        """Runs `call` on one of the threads, with this request's context variables."""
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self.threads, context.run, call, *arguments)

    async def answer(self, scope: Scope, body: IO[bytes]) -> Answer:
        made: Answer = await self.hop(self._call, environ_of(scope, body))
        return made

    async def pieces(self, answer: Answer) -> AsyncIterator[bytes]:
        """The pieces of a streaming answer, one hop each; closes it at the end, also when the reader has left."""
        if answer.pieces is None:
            raise ValueError("not a streaming answer")
        try:
            while (piece := await self.hop(next, answer.pieces, None)) is not None:
                yield piece
        finally:
            await asyncio.shield(self.hop(answer.close))

    def _call(self, environ: dict[str, Any]) -> Answer:
        started: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
            started.append((int(status.split()[0]), [(name, value.strip()) for name, value in headers]))

        result = self.application(environ, start_response)
        close = getattr(result, "close", lambda: None)
        if getattr(result, "streaming", False):
            return Answer(*started[-1], pieces=iter(result), close=close)
        try:
            return Answer(*started[-1], body=b"".join(result))
        finally:
            close()


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment (PEP 3333). The scope's headers have been through the gate: no name holds an underscore."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("127.0.0.1", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": None,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "stoa.front": True,  # views may name a file (X-Stoa-File) instead of sending its bytes
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        joined = "; " if name == "COOKIE" else ","
        environ[key] = f"{environ[key]}{joined}{value}" if key in environ else value
    return environ
