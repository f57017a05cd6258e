"""Nothing inside our network can be reached from here, and what was not sent is told from what may have been."""

import gzip
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from stoa.base.http import (
    Answer,
    Forbidden,
    GuardedClient,
    NoAnswer,
    NotSent,
    Outside,
    TooLarge,
    connecting,
    is_public,
    web_address,
)
from stoa.base.tests.hostile_urls import LOOPBACK, OTHERS, urls

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def whole_request(met: socket.socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard and (more := met.recv(65_536)):
        heard += more
    head, _, body = heard.partition(b"\r\n\r\n")
    length = int((re.findall(rb"(?i)content-length: (\d+)", head) or [b"0"])[0])
    while len(body) < length and (more := met.recv(65_536)):
        body, heard = body + more, heard + more
    return heard


class Listener:
    """Listens on every loopback address, both families, and counts who comes. Answers with `answers`, in order."""

    def __init__(self) -> None:
        self.met: list[str] = []
        self.heard: list[bytes] = []
        self.answers: list[bytes] = []
        four = socket.create_server(("0.0.0.0", 0))
        self.port = four.getsockname()[1]
        self.sockets = [four]
        if socket.has_ipv6:
            with suppress(OSError):  # a machine without IPv6
                self.sockets.append(socket.create_server(("::", self.port), family=socket.AF_INET6))
        self.threads = [threading.Thread(target=self.serve, args=(each,), daemon=True) for each in self.sockets]
        for thread in self.threads:
            thread.start()

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                met, address = listening.accept()
            except OSError:
                return
            self.met.append(str(address))
            with met:
                met.settimeout(2)
                try:
                    self.heard.append(whole_request(met))
                    met.sendall(self.answers.pop(0) if self.answers else OK)
                except OSError:
                    continue

    def close(self) -> None:
        for each in self.sockets:
            each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self.threads:
            thread.join(2)


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def peer(listener: Listener, settings: Any) -> Listener:
    """The listener as a trusted peer."""
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{listener.port}"]
    return listener


def address(listener: Listener, path: str = "/") -> str:
    return f"http://127.0.0.1:{listener.port}{path}"


def test_no_url_of_the_corpus_reaches_a_listener(listener: Listener) -> None:
    corpus = urls(listener.port)
    assert len(set(corpus)) >= 180
    client = GuardedClient(seconds=2)
    for url in corpus:
        with pytest.raises(NotSent):
            client.request("GET", url)
    assert listener.met == []


def test_a_redirect_into_our_network_is_not_followed(listener: Listener, settings: Any) -> None:
    inside = Listener()
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{listener.port}"]
    try:
        for url in urls(inside.port):
            if any(ord(character) < 33 or ord(character) > 126 for character in url):
                continue
            listener.answers = [f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n".encode()]
            try:
                GuardedClient(trusted=True, seconds=2).request("GET", address(listener), follow=1)
            except Outside:
                continue
        assert inside.met == []
    finally:
        inside.close()


def test_the_address_is_judged_when_connecting_so_a_name_that_turns_gains_nothing(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answers in (["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]):
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, listener.port)) for each in answers]
        monkeypatch.setattr(connecting.socket, "getaddrinfo", lambda *_, found=found, **__: found)
        with pytest.raises(Forbidden):
            GuardedClient(seconds=2).request("GET", f"http://turning.example:{listener.port}/")
    assert listener.met == []


def test_only_connectors_reach_trusted_peers_and_only_the_exact_pair(peer: Listener) -> None:
    assert GuardedClient(trusted=True).request("GET", address(peer)).body == b"hi"
    for client, url in (
        (GuardedClient(), address(peer)),
        (GuardedClient(trusted=True), f"http://localhost:{peer.port}/"),
        (GuardedClient(trusted=True), f"http://127.0.0.2:{peer.port}/"),
        (GuardedClient(trusted=True), f"http://[::1]:{peer.port}/"),
    ):
        with pytest.raises(Forbidden):
            client.request("GET", url)
    assert len(peer.met) == 1


def test_our_own_origin_is_a_trusted_peer(listener: Listener, settings: Any) -> None:
    settings.STOA_URL = address(listener, "")
    assert GuardedClient(trusted=True).request("GET", address(listener, "/x")).status == 200


def test_what_is_sent_is_what_was_meant(peer: Listener) -> None:
    client = GuardedClient(trusted=True)
    answer = client.request("POST", address(peer, "/a?b=c"), headers={"X-Mark": "1"}, json={"a": "ü"})
    head, body = peer.heard[0].split(b"\r\n\r\n")
    assert head.splitlines()[0] == b"POST /a?b=c HTTP/1.1"
    assert f"host: 127.0.0.1:{peer.port}".encode() in head.lower()
    assert b"content-type: application/json" in head.lower()
    assert body == b'{"a": "\\u00fc"}'
    assert (answer.status, answer.headers["CONTENT-LENGTH"], answer.body) == (200, "2", b"hi")


def test_proxies_of_the_environment_are_not_used(peer: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert GuardedClient(trusted=True).request("GET", address(peer)).status == 200


def test_cookies_are_not_kept(peer: Listener) -> None:
    client = GuardedClient(trusted=True)
    peer.answers = [b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"]
    client.request("GET", address(peer))
    client.request("GET", address(peer))
    assert b"cookie" not in peer.heard[1].lower()


def test_redirects_are_followed_only_when_asked_and_secrets_stay_behind(peer: Listener, settings: Any) -> None:
    other = Listener()
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{peer.port}", f"127.0.0.1:{other.port}"]
    moved = f"HTTP/1.1 302 Found\r\nLocation: {address(other)}\r\nContent-Length: 0\r\n\r\n".encode()
    try:
        peer.answers = [moved, moved, moved]
        client = GuardedClient(trusted=True)
        assert client.request("GET", address(peer)).status == 302
        assert client.request("POST", address(peer), follow=3).status == 302
        answer = client.request("GET", address(peer), headers={"Authorization": "secret"}, follow=1)
        assert (answer.status, answer.url) == (200, address(other))
        assert b"secret" in peer.heard[2]
        assert b"secret" not in other.heard[0]
    finally:
        other.close()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", NoAnswer),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi", NoAnswer),
        (b"nonsense\r\n\r\n", NoAnswer),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + b"a" * 2000, TooLarge),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"a" * 1_000_000), TooLarge),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip", NoAnswer),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx", NoAnswer),
    ],
)
def test_once_a_byte_has_left_nothing_is_proven(peer: Listener, answer: bytes, error: type[Exception]) -> None:
    peer.answers = [answer]
    with pytest.raises(error):
        GuardedClient(trusted=True, largest=1000).request("POST", address(peer), content=b"x")
    assert len(peer.heard) == 1


def test_a_packed_answer_is_unpacked(peer: Listener) -> None:
    peer.answers = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b'{"a": 1}')]
    assert GuardedClient(trusted=True).request("GET", address(peer)).json() == {"a": 1}


def test_a_server_that_never_answers_is_left_in_time(settings: Any) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    port = silent.getsockname()[1]
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{port}"]
    with pytest.raises(NoAnswer):
        GuardedClient(trusted=True).request("GET", f"http://127.0.0.1:{port}/", timeout=0.1)
    silent.close()


def test_refused_unresolved_and_failed_tls_are_proven_not_sent(peer: Listener, settings: Any) -> None:
    free = socket.create_server(("127.0.0.1", 0))
    closed = free.getsockname()[1]
    free.close()
    settings.STOA_TRUSTED_PEERS += [f"127.0.0.1:{closed}", "no-such-name.invalid:80"]
    client = GuardedClient(trusted=True, seconds=3)
    attempts: list[Callable[[], Any]] = [
        lambda: client.request("POST", f"http://127.0.0.1:{closed}/"),
        lambda: client.request("POST", "http://no-such-name.invalid/"),
        lambda: client.request("POST", f"https://127.0.0.1:{peer.port}/"),
    ]
    for attempt in attempts:
        with pytest.raises(NotSent):
            attempt()


def test_header_injection_is_not_sent(peer: Listener) -> None:
    with pytest.raises(NotSent):
        GuardedClient(trusted=True).request("GET", address(peer), headers={"X-A": "a\r\nX-B: b"})


@pytest.mark.parametrize("host", OTHERS + LOOPBACK)
def test_an_address_of_the_corpus_is_not_public(host: str) -> None:
    assert not is_public(host.strip("[]").replace("%25", "%"))


@pytest.mark.parametrize(
    "host",
    ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "172.32.0.1", "100.128.0.1"],
)
def test_the_public_internet_is_public(host: str) -> None:
    assert is_public(host)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " https://a.example",
        "data:text/html,x",
        "//a.example",
        'https://a.example/"><b>',
        "h",
        "",
    ],
)
def test_an_address_that_may_not_stand_in_a_link_is_none(address: str) -> None:
    assert web_address(address) == ""
    assert web_address("https://a.example/@zip/1") == "https://a.example/@zip/1"
    assert web_address("https://a.example/@zip/1", 10) == ""


def test_json_holds_no_text_that_is_none() -> None:
    body = b'{"a\\u0000": ["b\\ud800c", {"d": "\\ud83d\\ude00"}], "e": 1}'
    assert Answer(200, {}, body, "").json() == {"a": ["bc", {"d": "\U0001f600"}], "e": 1}
    with pytest.raises(ValueError, match="nested too deep"):
        Answer(200, {}, b"[" * 100_000 + b"]" * 100_000, "").json()
