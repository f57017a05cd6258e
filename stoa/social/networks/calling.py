"""How a connector calls out: the guarded client as it knows it, and a line to one account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable


class Response(Protocol):
    """What came back. Header names are looked up without regard to case."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...
    def json(self) -> Any: ...


class Http(Protocol):
    """The guarded client. Raises `NotSent` when nothing left the house and `Unknown` when that cannot be proven."""

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Response: ...


class Body(Protocol):
    """What is too large to be held whole: `len` is its bytes, each walk over it gives them anew, in blocks."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[bytes]: ...


@runtime_checkable
class Streams(Protocol):
    """An `Http` that sends a body in blocks."""

    def stream(
        self,
        method: str,
        url: str,
        body: Body,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response: ...


def stream(
    http: Http,
    method: str,
    url: str,
    body: Body,
    *,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Response:
    """Sends a body in blocks, over whatever can; a small network in memory gets it whole."""
    if isinstance(http, Streams):
        return http.stream(method, url, body, headers=headers, timeout=timeout)
    return http.request(method, url, headers=headers, content=b"".join(body), timeout=timeout)


@dataclass(frozen=True)
class Line:
    """A way to one account: the client to speak through and the account's decrypted credentials."""

    http: Http = field(repr=False)
    credentials: Mapping[str, str] = field(repr=False)
