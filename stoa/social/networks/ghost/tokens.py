"""The token that opens one act: made of the key and of an instant (docs.ghost.org/admin-api, token authentication; RFC 7519, HS256)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from stoa.social.networks.protocol import Reconnect

LASTING = 300  # seconds; Ghost takes none that lasts longer


def token_of(key: str, at: datetime) -> str:
    """`key` is "id:secret" as Ghost shows it. Raises `Reconnect` when it is no such key."""
    number, _, secret = key.partition(":")
    try:
        signing = bytes.fromhex(secret)
    except ValueError:
        signing = b""
    if not number or not signing:
        raise Reconnect("What is kept of this site is no Admin API key.")
    began = int(at.timestamp())
    head = {"alg": "HS256", "typ": "JWT", "kid": number}
    said = f"{_packed(head)}.{_packed({'iat': began, 'exp': began + LASTING, 'aud': '/admin/'})}"
    return f"{said}.{_plain(hmac.new(signing, said.encode(), hashlib.sha256).digest())}"


def _packed(part: dict[str, Any]) -> str:
    return _plain(json.dumps(part, separators=(",", ":")).encode())


def _plain(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
