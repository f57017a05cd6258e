"""Plaza's real home, spoken to through Django's test client."""

from __future__ import annotations

import json as jsons
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from stoa.base import ids
from stoa.social.networks.plaza.home.actions.accounts import let_in
from stoa.social.networks.plaza.home.actions.posts import Draft, write_post
from stoa.social.networks.plaza.home.models import Account, Post
from stoa.social.networks.plaza.home.policy import practice_key
from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import Rehearsal, Reply

SERVER = "http://localhost:8000/plaza"


class HomeHttp:
    """An `Http` whose other end is this process."""

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
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        mime = sent.pop("content-type", "application/json")
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        body = content if content is not None else (b"" if json is None else jsons.dumps(json).encode())
        answer = Client().generic(method, path, body, content_type=mime, headers=sent)
        return Reply(answer.status_code, answer.content, dict(answer.headers))


def overhear(id: str, text: str) -> str:
    answered = Post.objects.select_related("author", "root").get(id=ids.parse(id))
    return write_post(Draft(text, answered=answered), by=let_in("Rosa")).shown_id


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    answers = {"server": SERVER, "handle": "guild", "name": "The Guild", "key": practice_key()}

    def count() -> int:
        return Post.objects.standing().exclude(author__kind=Account.Kind.STRANGER).count()

    yield Rehearsal(HomeHttp(), answers, count, overhear)
