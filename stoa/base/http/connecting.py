"""Connecting: resolve, check every address, connect to one that was checked; watch the clock, and whether a byte has left."""

import socket
import ssl
import time
from collections.abc import Collection, Iterable
from typing import Any

import httpcore2
from httpcore2 import SOCKET_OPTION, NetworkBackend, NetworkStream

from stoa.base.http.addresses import is_public
from stoa.base.http.errors import Forbidden, NotSent


class Watch:
    """One request on its way: when it must be over, and whether a byte of it has left."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.has_written = False

    def left(self, timeout: float | None = None) -> float:
        """Seconds left, at most `timeout`. Raises the library's time-out when there are none."""
        seconds = self.end - time.monotonic()
        if seconds <= 0:
            raise httpcore2.ReadTimeout("out of time")
        return min(seconds, timeout) if timeout is not None else seconds


class Guard(NetworkBackend):
    """The only way to a socket. Names are resolved here and nowhere else, so nothing can change between check and connect."""

    def __init__(self, watch: Watch, trusted: Collection[str]) -> None:
        self.watch = watch
        self.trusted = trusted
        self.plain = httpcore2.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:  # fmt: skip
        addresses = self.addresses(host, port)
        trouble: Exception = NotSent("no address")
        for address in addresses:
            try:
                stream = self.plain.connect_tcp(address, port, timeout=self.watch.left(timeout))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as refused:
                trouble = refused
                continue
            return WatchedStream(stream, self.watch)
        raise trouble

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[SOCKET_OPTION] | None = None
    ) -> NetworkStream:
        raise Forbidden("not an address to call")

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a name. One that is not public forbids them all (but for a trusted peer)."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        except (OSError, UnicodeError) as trouble:
            raise NotSent("the name was not resolved") from trouble
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if f"{host.lower()}:{port}" not in self.trusted and not all(is_public(address) for address in addresses):
            raise Forbidden("not an address to call")
        return addresses


class WatchedStream(NetworkStream):
    """A connection that keeps the total time and notes the first byte written (after TLS, so a failed handshake has sent nothing)."""

    def __init__(self, stream: NetworkStream, watch: Watch) -> None:
        self.stream = stream
        self.watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.watch.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.watch.has_written = self.watch.has_written or bool(buffer)
        self.stream.write(buffer, self.watch.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        return WatchedStream(self.stream.start_tls(ssl_context, server_hostname, self.watch.left(timeout)), self.watch)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
