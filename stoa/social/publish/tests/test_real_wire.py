"""The same faults on a real socket, through the guarded client: only what surely never left is tried again at once."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from stoa.base import clock
from stoa.social.networks import lines, registry
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.networks.wire import Wire
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork, plugged
from stoa.social.publish.tests.makers import START, fresh, make_delivery, run


class Server:
    """Speaks HTTP with the bytes that a fault wants; the posts that it takes stand in `network`."""

    def __init__(self, network: HostileNetwork) -> None:
        self.network, self.fault, self.taken = network, "ok", 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                peer, _address = self.socket.accept()
                with peer:
                    self.answer(peer)

    def answer(self, peer: socket.socket) -> None:
        raw = b""
        while b"\r\n\r\n" not in raw:
            raw += peer.recv(65536)
        head, body = raw.split(b"\r\n\r\n", 1)
        lines_ = head.decode().split("\r\n")
        given = dict(line.lower().split(": ", 1) for line in lines_[1:])
        while len(body) < int(given.get("content-length", 0)):
            body += peer.recv(65536)
        method, path, _version = lines_[0].split(" ")
        whole = method == "POST" and path == "/api/posts"
        self.taken += whole
        with clock.pinned(START):
            reply = self.network.request(
                method, path, headers=given, json=json.loads(body) if body else None, timeout=1.0
            )
        packed = reply.body
        written = b"HTTP/1.1 %d OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % (
            reply.status, len(packed),
        )  # fmt: skip
        self.send(peer, written + packed if not whole or self.taken > 1 else self.spoiled(written, packed))

    def spoiled(self, written: bytes, packed: bytes) -> bytes:
        if self.fault == "cut":
            return written + packed[: len(packed) // 2]
        if self.fault == "nothing":
            return b""
        return b"\x00\xff not http\r\n\r\n" if self.fault == "noise" else written + packed

    @staticmethod
    def send(peer: socket.socket, what: bytes) -> None:
        with suppress(OSError):
            peer.sendall(what)


@contextmanager
def serving(network: HostileNetwork) -> Iterator[Server]:
    server = Server(network)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def wired(
    monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path, db: None
) -> Iterator[tuple[Server, Channel]]:
    network = HostileNetwork()
    with plugged(network, monkeypatch), serving(network) as server, clock.pinned(START):
        monkeypatch.setattr(lines, "client", Wire)
        settings.STOA_DATA = tmp_path  # type: ignore[attr-defined]
        settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{server.port}"]  # type: ignore[attr-defined]
        yield server, make_channel("hostile", server=f"http://127.0.0.1:{server.port}")


@pytest.mark.parametrize(
    ("fault", "outcomes"),
    [
        ("ok", ["published"]),
        ("cut", ["unknown", "published"]),
        ("nothing", ["unknown", "published"]),
        ("noise", ["unknown", "published"]),
    ],
)
def test_what_was_taken_is_never_sent_again(fault: str, outcomes: list[str], wired: tuple[Server, Channel]) -> None:
    server, channel = wired
    server.fault = fault
    delivery = make_delivery(channel)
    run()
    assert list(delivery.attempts.values_list("outcome", flat=True)) == outcomes
    assert (fresh(delivery).state, server.taken, server.network.count(delivery.marker)) == ("published", 1, 1)


def test_a_refused_connection_is_proof_that_nothing_left(wired: tuple[Server, Channel]) -> None:
    server, channel = wired
    server.close()
    delivery = make_delivery(channel)
    run()
    assert {*delivery.attempts.values_list("outcome", flat=True)} == {"not sent"}
    assert (fresh(delivery).state, fresh(delivery).question) == ("asks", "late")


def test_the_hostile_connector_is_in_the_registry_only_for_tests() -> None:
    assert HostileConnector.key not in registry.connectors()
