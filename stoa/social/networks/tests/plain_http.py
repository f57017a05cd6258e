"""The `Http` of tests against real local servers: no guard, the same errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from stoa.social.networks.protocol import NotSent, Unknown


@dataclass(frozen=True)
class PlainResponse:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return httpx2.Response(200, content=self.body).json()


class PlainHttp:
    def __init__(self) -> None:
        self.client = httpx2.Client(follow_redirects=False, limits=httpx2.Limits(max_keepalive_connections=0))

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> PlainResponse:
        try:
            answer = self.client.request(
                method, url, headers=dict(headers or {}), content=content, json=json, timeout=timeout or 30
            )
        except httpx2.ConnectError as error:
            raise NotSent("The network could not be reached.") from error
        except httpx2.HTTPError as error:
            raise Unknown("The network did not answer.") from error
        return PlainResponse(answer.status_code, dict(answer.headers), answer.content)
