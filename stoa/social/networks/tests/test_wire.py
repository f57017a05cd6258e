"""The wire calls trouble by the protocol's names."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from stoa.social.networks.protocol import NotSent, Unknown
from stoa.social.networks.wire import Wire


class Answering(BaseHTTPRequestHandler):
    """Answers a GET whole; takes a POST in and hangs up."""

    def do_GET(self) -> None:
        body = b'{"ok": true}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))

    def log_message(self, *said: Any) -> None:
        pass


@pytest.fixture
def peer(settings: Any) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{server.server_port}"]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_whole_answer_comes_through(peer: str) -> None:
    answer = Wire().request("GET", f"{peer}/")
    assert (answer.status, answer.json()) == (200, {"ok": True})


def test_a_request_that_was_taken_in_and_not_answered_is_unknown(peer: str) -> None:
    with pytest.raises(Unknown):
        Wire().request("POST", f"{peer}/", json={"text": "Hello"})


def test_nobody_there_is_proven_not_sent(settings: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{port}"]
    with pytest.raises(NotSent):
        Wire().request("POST", f"http://127.0.0.1:{port}/", json={})


def test_an_address_inside_that_is_no_trusted_peer_is_not_called(peer: str, settings: Any) -> None:
    settings.STOA_TRUSTED_PEERS = []
    with pytest.raises(NotSent):
        Wire().request("GET", f"{peer}/")
