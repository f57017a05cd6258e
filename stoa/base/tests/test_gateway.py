"""Slow and broken-off requests hold no thread and reach no view; the gate lets in only what is honest and short enough."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from stoa.base.tests.serving import Served, parsed, read_all, request, served

pytestmark = pytest.mark.django_db(transaction=True)
Environ = dict[str, Any]


class Echo:
    """A WSGI application that tells what it saw."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read()
        self.calls.append((environ["PATH_INFO"], len(body)))
        seen = {name: value for name, value in environ.items() if isinstance(value, str)}
        start_response("200 OK", [("Content-Type", "application/json"), ("X-Blank", " padded ")])
        return [json.dumps(seen | {"length": len(body)}).encode()]


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def house(echo: Echo) -> Iterator[Served]:
    with served(echo) as running:
        yield running


def seen(answer: tuple[int, dict[str, str], bytes]) -> dict[str, Any]:
    assert answer[0] == 200
    told: dict[str, Any] = json.loads(answer[2])
    return told


def test_a_request_arrives_whole(house: Served) -> None:
    answer = house.ask("POST /t%C3%A4g?a=1\nContent-Type: text/plain\nCookie: a=b", b"x" * 2_000_000)
    told = seen(answer)
    assert (told["REQUEST_METHOD"], told["QUERY_STRING"], told["length"]) == ("POST", "a=1", 2_000_000)
    assert told["PATH_INFO"].encode("latin-1").decode() == "/täg"
    assert (told["CONTENT_TYPE"], told["HTTP_COOKIE"]) == ("text/plain", "a=b")
    assert answer[1]["x-blank"] == "padded"


def test_stalled_uploads_do_not_stop_other_pages(house: Served, echo: Echo) -> None:
    stalled = [house.connect() for _ in range(settings.STOA_THREADS + 2)]
    for line in stalled:
        line.sendall(request("POST /upload\nContent-Length: 400000") + b"x" * 1000)
    assert house.ask("GET /page")[0] == 200
    assert echo.calls == [("/page", 0)]
    for line in stalled:
        line.close()


def test_an_upload_that_breaks_off_never_reaches_a_view(house: Served, echo: Echo) -> None:
    with house.connect() as line:
        line.sendall(request("POST /upload\nContent-Length: 400000") + b"x" * 1000)
    assert house.ask("GET /after")[0] == 200
    assert echo.calls == [("/after", 0)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("POST /x\nTransfer-Encoding: chunked", 411),
        ("POST /x\nContent-Length: 99000000000", 413),
        (f"GET /x\nX-Long: {'x' * 40_000}", 431),
    ],
)
def test_what_is_too_long_or_has_no_length_is_refused_before_django(
    house: Served, echo: Echo, text: str, status: int
) -> None:
    assert house.ask(text)[0] == status
    assert echo.calls == []


def test_nobody_is_believed_about_the_visitor_without_a_proxy(house: Served) -> None:
    told = seen(house.ask("GET /x\nX-Forwarded-For: 6.6.6.6\nX_Forwarded_For: 7.7.7.7\nX-Forwarded-Proto: https"))
    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert "HTTP_X_FORWARDED_FOR" not in told


def test_as_many_proxies_are_believed_as_are_named(house: Served, settings: Any) -> None:
    settings.STOA_PROXIES = 1
    text = "GET /x\nX-Forwarded-For: 6.6.6.6, 9.9.9.9\nX_Forwarded_For: 7.7.7.7\nX-Forwarded-Proto: https"
    told = seen(house.ask(text))
    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == ("9.9.9.9", "https")
    settings.STOA_PROXIES = 2
    assert seen(house.ask(text))["REMOTE_ADDR"] == "6.6.6.6"


class Endless:
    """A streaming answer that would never end by itself."""

    streaming = True

    def __init__(self) -> None:
        self.pieces = 0
        self.closed = threading.Event()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> "Endless":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return self

    def __iter__(self) -> "Endless":
        return self

    def __next__(self) -> bytes:
        self.pieces += 1
        return b"x" * 100_000

    def close(self) -> None:
        self.closed.set()


def test_a_stream_whose_reader_leaves_is_closed() -> None:
    endless = Endless()
    with served(endless) as house, house.connect() as line:
        line.sendall(request("GET /stream"))
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
        line.close()
        assert endless.closed.wait(10)


def test_stalled_readers_of_streams_do_not_stop_other_pages() -> None:
    endless, echo = Endless(), Echo()

    def either(environ: Environ, start_response: Callable[..., Any]) -> Any:
        return (endless if environ["PATH_INFO"] == "/stream" else echo)(environ, start_response)

    with served(either) as house:
        lines = [house.connect() for _ in range(settings.STOA_THREADS + 2)]
        for line in lines:
            line.sendall(request("GET /stream"))
            assert line.recv(12) == b"HTTP/1.1 200"
        assert house.ask("GET /page")[0] == 200
        for line in lines:
            line.close()


def test_a_stream_that_ends_arrives_whole() -> None:
    class Three:
        streaming = True

        def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> "Three":
            start_response("200 OK", [("Content-Type", "text/plain")])
            return self

        def __iter__(self) -> Iterator[bytes]:
            return iter([b"one ", b"two ", b"three"])

    with served(Three()) as house, house.connect() as line:
        line.sendall(request("GET /stream"))
        assert parsed(read_all(line))[2] == b"one two three"
