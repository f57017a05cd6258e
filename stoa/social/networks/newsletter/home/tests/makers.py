"""What tests of newsletters are made of: a newsletter, people who get it, a program that writes issues."""

from __future__ import annotations

import io
import json
from typing import Any

from django.test import Client
from PIL import Image

from stoa.base.actors import system
from stoa.social.networks.newsletter.home.actions.newsletters import Said, make_newsletter, open_newsletter
from stoa.social.networks.newsletter.home.actions.subscribing import subscribe
from stoa.social.networks.newsletter.home.models import Newsletter, Subscriber
from stoa.social.networks.newsletter.home.policy import newsletters_key


def said(**other: Any) -> Said:
    words: dict[str, Any] = {
        "name": "The Bench Letter", "description": "What we mended, once a month", "sender": "The Guild",
        "reply_to": "letter@example.org", "imprint": "The Guild, 7 Quay Lane, Brackwater",
    }  # fmt: skip
    return Said(**{**words, **other})


def make_letter(handle: str = "guild", **other: Any) -> Newsletter:
    return make_newsletter(handle, said(**other), by=system("tests"))


def make_subscriber(newsletter: Newsletter, address: str = "ada@example.org") -> Subscriber:
    return subscribe(newsletter, address, consent="confirmed", language="en")


class Program:
    """A program that holds a newsletter's token."""

    def __init__(self, newsletter: Newsletter) -> None:
        self.newsletter, self.token = open_newsletter(newsletter.handle, key=newsletters_key())

    def send(self, method: str, path: str, body: Any = None, *, key: str = "") -> Any:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self.token}"} | ({"idempotency-key": key} if key else {})
        path = f"/newsletters/api/{path}"
        return Client().generic(method, path, content, content_type="application/json", headers=headers)


def drawn(colour: str = "teal") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (6, 4), colour).save(file, "PNG")
    return file.getvalue()
