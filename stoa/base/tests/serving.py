"""A real server on a free port for tests, and plain sockets to speak to it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from stoa.base.server.front import Front
from stoa.base.server.run import Server

PATIENCE = 20.0


@dataclass
class Served:
    """A running server."""

    server: Server
    port: int
    thread: threading.Thread

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def ask(self, text: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        """Sends one request (its lines without Host) and reads the whole answer: status, headers by lower-case name, body."""
        with self.connect() as line:
            line.sendall(request(text, body))
            return parsed(read_all(line))

    def stop(self) -> None:
        self.server.should_exit = True
        self.server.let_go()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


def request(text: str, body: bytes = b"") -> bytes:
    lines = text.strip().splitlines()
    head = [f"{lines[0]} HTTP/1.1", "Host: localhost", "Connection: close", *lines[1:]]
    if body:
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def read_all(line: socket.socket) -> bytes:
    read = b""
    while piece := line.recv(65536):
        read += piece
    return read


def parsed(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in rest if ": " in line)}
    if headers.get("transfer-encoding") == "chunked":
        body = unchunked(body)
    return int(first.split()[1]), headers, body


def unchunked(body: bytes) -> bytes:
    whole = b""
    while body:
        length, _, body = body.partition(b"\r\n")
        size = int(length, 16)
        whole, body = whole + body[:size], body[size + 2 :]
    return whole


@contextmanager
def served(application: Callable[..., Any]) -> Iterator[Served]:
    """Serves a WSGI application behind the real front until the block ends."""
    server = Server(Front(application), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    running = Served(server, server.servers[0].sockets[0].getsockname()[1], thread)
    try:
        yield running
    finally:
        running.stop()
