"""People who keep a live page open and do nothing."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


@contextmanager
def listeners(url: str, topic: str, count: int) -> Iterator[None]:
    """So many open streams on one topic (its shown id); closed at the end. Raises when the server does not open one."""
    place = urlsplit(url)
    asked = f"GET /live?on=talk.topic:{topic} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept: text/event-stream\r\n\r\n".encode()
    streams = []
    try:
        for _ in range(count):
            stream = socket.create_connection(("127.0.0.1", place.port or 80), timeout=10)
            stream.sendall(asked)
            streams.append(stream)
        for stream in streams:
            if not stream.recv(200).startswith(b"HTTP/1.1 200"):
                raise SystemExit("A live stream was refused.")
        yield
    finally:
        for stream in streams:
            stream.close()
