"""How a connector calls out: the guarded client as it knows it, and a line to one account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


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


@dataclass(frozen=True)
class Line:
    """A way to one account: the client to speak through and the account's decrypted credentials."""

    http: Http = field(repr=False)
    credentials: Mapping[str, str] = field(repr=False)
