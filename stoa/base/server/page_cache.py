"""Pages for visitors, kept for a minute at most: by host, path, query and language, for requests without our cookies.

Emptied by every write: a request of this process that may write, and every fact of any process (the bus tells). A page that sets a
cookie, holds a token or says `no-store` is never kept; a request with a link's code is never answered from here, so that it counts.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from stoa.base import fonts
from stoa.base.gateway import Answer, Scope, raw
from stoa.base.server import squeeze

SECONDS = 60.0
BRIEFLY = 3.0  # while the fonts are being made
PAGES = 500
LONGEST = 500_000
Key = tuple[str, str, bytes, str]
Messages = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Kept:
    """One page, whole, and compressed as soon as somebody asks for it so: most pages are asked for once and by programs that take none."""

    until: float
    headers: tuple[tuple[str, str], ...]
    body: bytes
    may_be_squeezed: bool = False
    messages: dict[str, Messages] = field(default_factory=dict)

    def unchanged(self) -> Answer:
        """For who has it already."""
        return Answer(304, list(self.headers))

    def tag(self) -> str:
        return Answer(200, list(self.headers)).header("etag")

    def ready(self, encodings: list[str]) -> Messages:
        """The whole answer as the server takes it, written once for each encoding; nobody changes it."""
        encoding = encodings[0] if encodings and self.may_be_squeezed else ""
        found = self.messages.get(encoding)
        if found is None:
            body = squeeze.squeeze(self.body, encoding) if encoding else self.body
            answer = Answer(200, list(self.headers), body)
            if encoding:
                answer.put("Content-Encoding", encoding)
            answer.put("Content-Length", str(len(body)))
            start = {"type": "http.response.start", "status": 200, "headers": raw(answer.headers)}
            found = self.messages[encoding] = (start, {"type": "http.response.body", "body": body, "more_body": False})
        return found


class PageCache:
    """The kept pages. Used on the event loop only."""

    def __init__(self) -> None:
        self.writes = 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()

    def empty(self) -> None:
        """Something was written. What is being rendered at this moment will not be kept either."""
        self.writes += 1
        self._pages.clear()

    def find(self, key: Key) -> Kept | None:
        kept = self._pages.get(key)
        return kept if kept and kept.until > time.monotonic() else None

    def keep(self, key: Key, answer: Answer, writes: int) -> Kept | None:
        """Keeps a page that may be kept and that no write has overtaken (`writes` as it was before rendering)."""
        if writes != self.writes or not may_be_kept(answer):
            return None
        for name in ("Content-Length", "Vary", "Cache-Control"):
            answer.drop(name)
        tag = f'W/"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
        headers = [*answer.headers, ("ETag", tag), ("Cache-Control", "no-cache")]
        headers.append(("Vary", "Cookie, Accept-Language, Accept-Encoding, HX-Request"))
        lasts = BRIEFLY if fonts.are_coming() else SECONDS
        until, may_be = time.monotonic() + lasts, squeeze.may_be_squeezed(answer)
        self._pages[key] = kept = Kept(until, tuple(headers), answer.body, may_be)
        while len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        return kept


def may_be_kept(answer: Answer) -> bool:
    control = answer.header("cache-control")
    return (
        answer.status == 200
        and answer.pieces is None
        and answer.header("content-type").startswith("text/html")
        and not answer.header("set-cookie")
        and not answer.header("x-stoa-file")
        and not any(word in control for word in ("no-store", "private"))
        and len(answer.body) <= LONGEST
        and not squeeze.has_token(answer.body)
    )


def key_of(scope: Scope, headers: Mapping[bytes, bytes]) -> Key | None:
    """Under which a request's page is kept; None when this request must reach Django."""
    if scope["method"] != "GET" or b"hx-request" in headers or b"authorization" in headers:
        return None
    if carries_our_cookie(headers.get(b"cookie", b"")) or carries_link_code(scope["query_string"]):
        return None
    language = language_of(headers.get(b"accept-language", b"").decode("latin-1"))
    place = f"{scope['scheme']}://{headers.get(b'host', b'').decode('latin-1')}"
    return place, scope["path"], scope["query_string"], language


def carries_our_cookie(header: bytes) -> bool:
    """Whether a session, token, message, language or tour of ours comes along. Unreadable cookies count as ours."""
    if not header:
        return False
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages", "tour"}
    found = {part.split("=")[0].strip() for part in header.decode("latin-1").split(";")}
    return bool(ours & found) or not SimpleCookie(header.decode("latin-1"))


def carries_link_code(query: bytes) -> bool:
    return bool(query) and settings.STOA_LINK_PARAMETER in parse_qs(query.decode("latin-1"), keep_blank_values=True)


@lru_cache(500)
def language_of(header: str) -> str:
    """The language in which Django would answer."""
    for wanted, _weight in parse_accept_lang_header(header):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
