"""A wire that stays in the house: it calls this installation's own addresses in this process, before any server runs.

For set-up and the demo, which speak to the practice network through its connector like everybody else.
"""

from __future__ import annotations

import json as jsons
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils import translation

from stoa.social.networks.protocol import NotSent, Response
from stoa.social.networks.rehearsing import Reply


class Indoors:
    """An `Http` whose other end is this process and its open transaction. Anything but our own origin is not sent."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Response:
        parts, own = urlsplit(url), urlsplit(settings.STOA_URL)
        if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
            raise NotSent("This wire stays in the house.")
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if json is not None:
            content, sent["content-type"] = jsons.dumps(json).encode(), "application/json"
        request = WSGIRequest(_environ(method, parts.path, parts.query, sent, content or b""))
        with translation.override(translation.get_language()):  # the request inside leaves its own behind
            answer: Any = self.handler.get_response(request)
        return Reply(answer.status_code, b"".join(answer), dict(answer.items()))


def _environ(method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    own = urlsplit(settings.STOA_URL)
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {
        **named,
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": own.hostname or "localhost",
        "SERVER_PORT": str(own.port or (443 if own.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": own.netloc,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": own.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
