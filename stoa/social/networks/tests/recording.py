"""Exchanges with a real network, written down and played again, so that the quick tests meet its true answers.

A connector's own `tests/recording.py` plays the scenes and keeps them in `recorded.json` beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from stoa.social.networks.protocol import Http, Response
from stoa.social.networks.rehearsing import Reply

KEPT = ("content-type", "retry-after", "ratelimit-reset", "date")
SECRET = frozenset(("password", "refresh_token", "refreshJwt"))


@dataclass
class Recorder:
    """An `Http` that writes down what it hands on, without secrets."""

    inner: Http
    exchanges: list[dict[str, Any]] = field(default_factory=list)

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
        answer = self.inner.request(method, url, headers=headers, content=content, json=json, timeout=timeout)
        self.exchanges.append(
            {
                "asked": asked(method, url, json, content),
                "status": answer.status,
                "headers": {name: value for name, value in answer.headers.items() if name.lower() in KEPT},
                "body": answer.body.decode(),
            }
        )
        return answer


@dataclass
class Replay:
    """An `Http` that answers with what was recorded, in order; anything else that is asked is a failure."""

    exchanges: list[dict[str, Any]]

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
        kept = self.exchanges.pop(0)
        assert asked(method, url, json, content) == kept["asked"]
        return Reply(kept["status"], kept["body"].encode(), kept["headers"])


def asked(method: str, url: str, json: Any, content: bytes | None) -> dict[str, Any]:
    """What of a request is compared: not where the server was, and no password or token."""
    parts = urlsplit(url)
    return {
        "method": method,
        "path": parts.path + (f"?{parts.query}" if parts.query else ""),
        "json": {**json, **dict.fromkeys(SECRET & set(json), "…")} if isinstance(json, dict) else json,
        "bytes": len(content or b""),
    }
