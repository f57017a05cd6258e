"""A program as the API of feeds meets it."""

from __future__ import annotations

import io
import json
from typing import Any

from django.test import Client
from PIL import Image

from stoa.social.networks.web_feed.home.actions.feeds import open_feed
from stoa.social.networks.web_feed.home.policy import feeds_key


class Program:
    """A program that holds a feed's token."""

    def __init__(self, handle: str = "guild", title: str = "The Guild") -> None:
        self.feed, self.token = open_feed(handle, title, "What we mend", key=feeds_key())

    def send(self, method: str, path: str, body: Any = None, *, key: str = "") -> Any:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self.token}"} | ({"idempotency-key": key} if key else {})
        return Client().generic(method, f"/feeds/api/{path}", content, content_type="application/json", headers=headers)


def drawn(colour: str = "teal") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (6, 4), colour).save(file, "PNG")
    return file.getvalue()
