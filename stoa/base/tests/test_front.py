"""The front keeps pages for visitors only as long as they are true, compresses what holds no secret, and sends files by parts."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest

from stoa.base.tests.serving import Served, served

pytestmark = pytest.mark.django_db(transaction=True)
LONG = b"<p>" + b"Guild of menders. " * 100


class Pages:
    """A WSGI application that counts how often each address was really asked."""

    def __init__(self) -> None:
        self.calls: dict[str, int] = {}
        self.headers: list[tuple[str, str]] = [("Content-Type", "text/html; charset=utf-8")]
        self.body = LONG
        self.status = "200 OK"

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"]
        self.calls[path] = self.calls.get(path, 0) + 1
        start_response(self.status, self.headers)
        return [self.body]


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def house(pages: Pages) -> Iterator[Served]:
    with served(pages) as running:
        yield running


def test_a_page_for_visitors_is_kept_and_compressed(house: Served, pages: Pages) -> None:
    plain = house.ask("GET /p")
    squeezed = house.ask("GET /p\nAccept-Encoding: gzip, br")
    zipped = house.ask("GET /p\nAccept-Encoding: gzip")
    assert pages.calls == {"/p": 1}
    assert plain[2] == LONG == brotli.decompress(squeezed[2]) == gzip.decompress(zipped[2])
    assert (squeezed[1]["content-encoding"], zipped[1]["content-encoding"]) == ("br", "gzip")
    known = house.ask(f"GET /p\nIf-None-Match: {plain[1]['etag']}")
    assert (known[0], known[2]) == (304, b"")


@pytest.mark.parametrize(
    "text",
    [
        "GET /p\nCookie: session=x",
        "GET /p\nCookie: csrf=x",
        "GET /p\nCookie: theme=x; messages=y",
        "GET /p\nHX-Request: true",
        "GET /p\nAuthorization: Bearer x",
        "GET /p?via=abc",
        "GET /p?q=1",
    ],
)
def test_other_requests_reach_django(house: Served, pages: Pages, text: str) -> None:
    house.ask("GET /p")
    house.ask(text)
    assert pages.calls == {"/p": 2}


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([("Set-Cookie", "session=x")], LONG),
        ([("Cache-Control", "no-store")], LONG),
        ([("Cache-Control", "private, max-age=5")], LONG),
        ([], LONG + b'<input name="csrfmiddlewaretoken" value="x">'),
    ],
)
def test_a_page_with_a_secret_is_never_kept(house: Served, pages: Pages, headers: Any, body: bytes) -> None:
    pages.headers, pages.body = pages.headers + headers, body
    house.ask("GET /p")
    house.ask("GET /p")
    assert pages.calls == {"/p": 2}


def test_a_page_with_a_token_is_not_compressed(house: Served, pages: Pages) -> None:
    pages.body = LONG + b'<input name="csrfmiddlewaretoken" value="x">'
    answer = house.ask("GET /p\nAccept-Encoding: br, gzip")
    assert "content-encoding" not in answer[1]
    assert answer[2] == pages.body


def test_a_trouble_is_not_kept(house: Served, pages: Pages) -> None:
    pages.status = "404 Not Found"
    house.ask("GET /p")
    assert house.ask("GET /p")[0] == 404
    assert pages.calls == {"/p": 2}


def test_every_write_empties_the_kept_pages(house: Served, pages: Pages) -> None:
    house.ask("GET /p")
    house.ask("POST /w", b"a=1")
    house.ask("GET /p")
    assert pages.calls == {"/p": 2, "/w": 1}


@pytest.fixture
def picture(settings: Any, tmp_path: Path, pages: Pages) -> bytes:
    settings.STOA_DATA = tmp_path
    (tmp_path / "files").mkdir()
    content = bytes(range(256)) * 3000
    (tmp_path / "files" / "a picture").write_bytes(content)
    (tmp_path / "secret").write_bytes(b"key")
    pages.headers = [
        ("Content-Type", "image/png"),
        ("X-Stoa-File", "a%20picture"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    pages.body = b""
    return content


def test_a_file_goes_out_whole_with_djangos_headers(house: Served, picture: bytes) -> None:
    status, headers, body = house.ask("GET /files/x")
    assert (status, headers["content-type"], headers["x-content-type-options"]) == (200, "image/png", "nosniff")
    assert headers["content-length"] == str(len(picture))
    assert "x-stoa-file" not in headers
    assert body == picture
    assert house.ask(f"GET /files/x\nIf-None-Match: {headers['etag']}")[0] == 304


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=700000-", 206, 700_000, 768_000),
        ("bytes=-5", 206, 767_995, 768_000),
        ("bytes=767999-900000", 206, 767_999, 768_000),
        ("bytes=768000-", 416, 0, 0),
        ("pages=1-2", 200, 0, 768_000),
    ],
)
def test_a_part_of_a_file_goes_out(
    house: Served, picture: bytes, asked: str, status: int, start: int, end: int
) -> None:
    answer = house.ask(f"GET /files/x\nRange: {asked}")
    assert (answer[0], answer[2]) == (status, picture[start:end])
    if status == 206:
        assert answer[1]["content-range"] == f"bytes {start}-{end - 1}/768000"


@pytest.mark.parametrize("name", ["../secret", "%2e%2e/secret", "nothing", ""])
def test_no_file_outside_the_folder_goes_out(house: Served, picture: bytes, pages: Pages, name: str) -> None:
    pages.headers[1] = ("X-Stoa-File", name or ".")
    assert house.ask("GET /files/x")[0] == 404


def test_static_files_are_served_without_django(house: Served, pages: Pages, settings: Any, tmp_path: Path) -> None:
    settings.STOA_STATIC, settings.STATIC_ROOT = "hashed", tmp_path
    (tmp_path / "a.0123456789ab.css").write_bytes(b"p{}")
    (tmp_path / "a.0123456789ab.css.br").write_bytes(brotli.compress(b"p{}"))
    (tmp_path / "a.css").write_bytes(b"p{}")
    hashed = house.ask("GET /static/a.0123456789ab.css\nAccept-Encoding: br")
    assert hashed[1]["cache-control"] == "public, max-age=31536000, immutable"
    assert (hashed[1]["content-encoding"], brotli.decompress(hashed[2])) == ("br", b"p{}")
    assert house.ask("GET /static/a.css")[1]["cache-control"] == "no-cache"
    assert house.ask("GET /static/../secret")[0] == 404
    assert pages.calls == {}


def test_health_is_told_without_django(house: Served, pages: Pages) -> None:
    assert house.ask("GET /healthz")[::2] == (200, b"ok\n")
    assert pages.calls == {}
