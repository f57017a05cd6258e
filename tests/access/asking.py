"""Asking: one request as one kind of person, and what its answer amounts to."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from tests.access.rules import PICTURE, PUBLIC, Outcome, Rule
from tests.access.world import World, still

NOWHERE = 1
ENTRIES = ("/sign-in/", "/sign-up/", "/door/", "/join/")
DONE = {400, 409, 422, 429}  # let in, and told what is wrong with an empty form
MASK = "m" * 32
SESSION = re.compile(r"session=[a-z0-9]{32}; expires=[^;]*; ")  # its key is drawn anew for each browser


@dataclass(frozen=True)
class Answer:
    """What came back: `body` and `headers` as bytes, for comparing and for looking for canaries."""

    status: int
    body: bytes
    headers: bytes
    location: str
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def vary(self) -> str:
        return dict(self.pairs).get("Vary", "")

    @property
    def all(self) -> bytes:
        return self.headers + b"\n\n" + self.body

    @property
    def readable(self) -> bytes:
        """The same with archives opened."""
        if not self.body.startswith(b"PK\x03\x04"):
            return self.all
        with zipfile.ZipFile(io.BytesIO(self.body)) as archive:
            return b"\n".join([self.headers, *(archive.read(name) for name in archive.namelist())])


def routes() -> dict[str, list[str]]:
    """Every named route of the application and its arguments; a route without a name is shown by its pattern."""
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], spaces: str) -> Iterator[tuple[str, list[str]]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            below = f"{spaces}{each.namespace}:" if each.namespace else spaces
            yield from _walk(each.url_patterns, below)
        else:
            yield f"{spaces}{each.name or each.pattern}", sorted(each.pattern.converters)


def address(rule: Rule, world: World, visibility: str = PUBLIC, *, missing: bool = False) -> str:
    """The route's address for the world's objects of this visibility; with `missing`, for ids that nothing has."""
    given = {}
    for argument, source in rule.of.items():
        if source.startswith("="):
            given[argument] = source[1:]
            continue
        key, _, field = source.partition(":")
        row = world.get(key, visibility if rule.varies else PUBLIC)
        value = getattr(row, field) if field else row.id
        given[argument] = NOWHERE if missing and not field else value
    return reverse(rule.route, kwargs=given or None) + rule.query


@contextmanager
def still_tokens() -> Iterator[None]:
    """Form tokens without their random mask, and no real time in headers, so that bytes can be compared."""
    with (
        patch("zipfile.time.localtime", lambda *_: (2026, 3, 4, 12, 0, 0, 2, 63, 0)),
        patch("django.utils.cache.http_date", lambda *_: "Wed, 04 Mar 2026 12:00:00 GMT"),
        patch("django.http.response.http_date", lambda *_: "Wed, 03 Mar 2027 12:00:00 GMT"),
        patch("django.core.signing.TimestampSigner.timestamp", lambda _signer: "1w"),
        patch("django.middleware.csrf._mask_cipher_secret", lambda secret: MASK + secret),
        patch("django.middleware.csrf._get_new_csrf_string", lambda: "s" * 32),
        patch("django.middleware.csrf._unmask_cipher_token", lambda token: token[32:]),
    ):
        yield


def client(world: World, kind: str) -> Client:
    """A browser of this kind of person, signed in unless they have no account."""
    browser = Client(raise_request_exception=False)
    if kind in world.people:
        browser.force_login(world.people[kind].account)
    return browser


def ask(
    browser: Client, method: str, path: str, form: Mapping[str, str] | None = None, *, fragment: bool = False
) -> Answer:
    """One request with the clock standing, with a form where one is given. What it changed is rolled back, and its cookies
    (a message for the next page) are forgotten."""
    cookies = deepcopy(browser.cookies)
    sent = {name: picture() if value == PICTURE else value for name, value in (form or {}).items()}
    body = encode_multipart(BOUNDARY, sent) if sent and method != "GET" else b""
    headers = {"HX-Request": "true"} if fragment else None
    with still(seed=9), still_tokens(), transaction.atomic():
        try:
            return _answer(browser.generic(method, path, body, content_type=MULTIPART_CONTENT, headers=headers))
        except Exception as trouble:
            if browser.raise_request_exception:
                raise
            return Answer(500, repr(trouble).encode(), b"", "")
        finally:
            transaction.set_rollback(True)
            browser.cookies = cookies


@contextmanager
def unchanged() -> Iterator[None]:
    """The clock stands in the block, and what it changes is rolled back."""
    with still(seed=9), still_tokens(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def picture() -> SimpleUploadedFile:
    """A small picture to bring."""
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("square.png", drawn.getvalue(), "image/png")


def _answer(got: HttpResponse) -> Answer:
    body = b"".join(got.streaming_content) if got.streaming else got.content  # type: ignore[attr-defined]
    cookies = SESSION.sub("session=drawn; ", got.cookies.output())
    lines = [*(f"{name}: {value}" for name, value in sorted(got.items())), cookies]
    headers = "\n".join(lines).encode()
    pairs = (*got.items(), *(("Set-Cookie", morsel.OutputString()) for morsel in got.cookies.values()))
    return Answer(got.status_code, body, headers, got.headers.get("Location", ""), pairs)


def is_entry(answer: Answer) -> bool:
    """Whether it sends people to sign in or to the door."""
    return answer.status in (302, 303) and answer.location.split("?")[0].startswith(ENTRIES)


def amounts_to(answer: Answer, outcome: Outcome, nothing: Answer | None = None) -> bool:
    """Whether an answer is what was expected. `nothing` is the answer for an id that does not exist."""
    is_missing = answer.status == 404 and (nothing is None or answer.body == nothing.body)
    if outcome is Outcome.MISSING:
        return is_missing
    if outcome is Outcome.AWAY:
        return answer.status in (401, 403, 409) or is_entry(answer) or is_missing
    return (answer.status < 400 and not is_entry(answer)) or answer.status in DONE
