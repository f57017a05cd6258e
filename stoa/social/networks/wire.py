"""The guarded client as connectors know it: the same calls, and trouble by the protocol's names."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any

from stoa.base import http
from stoa.social.networks.calling import Body, stream
from stoa.social.networks.protocol import Http, NotSent, Response, Unknown


class Wire:
    """An `Http` over the one guarded client. It may call this installation's own origin and the trusted peers."""

    def __init__(self, client: http.GuardedClient | None = None) -> None:
        self.client = client or http.GuardedClient(trusted=True)

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
        return self._sent(method, url, headers=headers, content=content, json=json, timeout=timeout)

    def stream(
        self,
        method: str,
        url: str,
        body: Body,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response:
        return self._sent(method, url, headers=headers, content=body, timeout=timeout)

    def _sent(self, method: str, url: str, **given: Any) -> Response:
        try:
            return self.client.request(method, url, **given)
        except http.NotSent as trouble:
            raise NotSent("The network could not be reached.") from trouble
        except http.Outside as trouble:
            raise Unknown("The network gave no whole answer.") from trouble


class InTime:
    """An `Http` that hands requests on until `ends` (`time.monotonic`), each with what is left of that time."""

    def __init__(self, inner: Http, ends: float) -> None:
        self.inner = inner
        self.ends = ends

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
        within = self._within(timeout)
        return self.inner.request(method, url, headers=headers, content=content, json=json, timeout=within)

    def stream(
        self,
        method: str,
        url: str,
        body: Body,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response:
        return stream(self.inner, method, url, body, headers=headers, timeout=self._within(timeout))

    def _within(self, timeout: float | None) -> float:
        left = self.ends - monotonic()
        if left <= 0:
            raise NotSent("The time for this was over before the request left.")
        return left if timeout is None else min(timeout, left)
