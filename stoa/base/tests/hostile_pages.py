"""A server of strangers' pages for tests: kind ones, slow ones, endless ones, and ones that lead where nobody may go."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answering = Callable[[socket.socket], None]


def page(head: str, *, kind: str = "text/html; charset=utf-8", more: str = "", status: str = "200 OK") -> bytes:
    return packed(f"<!doctype html><html><head>{head}</head><body>Hello</body></html>".encode(), kind, more, status)


def packed(content: bytes, kind: str, more: str = "", status: str = "200 OK") -> bytes:
    lines = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{more}\r\n"
    return lines.encode("latin-1") + content


def moved(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def og(title: str, description: str = "", picture: str = "", site: str = "") -> str:
    said = {"og:title": title, "og:description": description, "og:image": picture, "og:site_name": site}
    return "".join(f'<meta property="{name}" content="{words}">' for name, words in said.items() if words)


class Stranger:
    """Listens on one loopback address; `paths` says what each path answers, bytes or an act upon the connection."""

    def __init__(self) -> None:
        self.paths: dict[str, bytes | Answering] = {}
        self.heard: list[bytes] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.ending = threading.Event()
        self.threads: list[threading.Thread] = []
        self._start(self._serve)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in their order."""
        return [each.split()[1].decode() for each in self.heard]

    def at(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _serve(self) -> None:
        while not self.ending.is_set():
            try:
                met, _address = self.listening.accept()
            except OSError:
                return
            self._start(lambda met=met: self._answer(met))  # type: ignore[misc]

    def _answer(self, met: socket.socket) -> None:
        with met, suppress(OSError):
            met.settimeout(5)
            heard = b""
            while b"\r\n\r\n" not in heard and (more := met.recv(65_536)):
                heard += more
            self.heard.append(heard)
            found = self.paths.get(heard.split()[1].decode(), packed(b"no", "text/plain", status="404 Not Found"))
            if isinstance(found, bytes):
                met.sendall(found)
            else:
                found(met)

    def drips(self, met: socket.socket) -> None:
        """One byte now and then, for as long as anybody listens."""
        met.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>")
        while not self.ending.wait(0.05):
            met.sendall(b"a")

    def flows(self, beginning: bytes) -> Answering:
        """A body that never ends."""

        def flow(met: socket.socket) -> None:
            met.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + beginning)
            while not self.ending.is_set():
                met.sendall(b"x" * 65_536)

        return flow

    def close(self) -> None:
        self.ending.set()
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for thread in self.threads:
            thread.join(2)


@contextmanager
def stranger() -> Iterator[Stranger]:
    made = Stranger()
    try:
        yield made
    finally:
        made.close()
