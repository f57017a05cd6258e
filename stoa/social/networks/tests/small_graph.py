"""What the small networks of Meta share: a desk that gives tokens, parameters read as documented, errors as objects."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from stoa.social.networks.rehearsing import Reply

CLIENT, SECRET = "990602627938098", "the secret of the application"
TOKEN = "the long token of the guild"
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
DATE = {"Date": "Sun, 01 Mar 2026 12:00:00 GMT"}


def said(body: Any, status: int = 200) -> Reply:
    return Reply(status, json.dumps(body).encode(), DATE)


def error(code: int, message: str, *, subcode: int = 0, status: int = 400, **more: Any) -> Reply:
    told = {
        "message": f"(#{code}) {message}",
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "EJplcsCHuLu",
        **more,
    }
    return said({"error": told | ({"error_subcode": subcode} if subcode else {})}, status)


def not_there() -> Reply:
    return error(100, "Object does not exist, cannot be loaded due to missing permissions", subcode=33)


@dataclass(frozen=True)
class Call:
    """One request as it arrived: its path below the interface's address, its parameters wherever they stood."""

    method: str
    host: str
    path: str
    given: Mapping[str, str]
    file: bytes = field(default=b"", repr=False)


def parts_of(content: bytes, kind: str) -> dict[str, bytes]:
    """Read as a server reads it: by a parser that knows nothing of ours."""
    if not kind.startswith("multipart/"):
        return {}
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
    found: list[Any] = message.get_payload()  # type: ignore[assignment]
    return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True) for part in found}


@dataclass
class SmallGraph:
    """The part that is the same for all. `calls`: what was asked, for tests that hold requests against documented ones."""

    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    codes: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(18_000_000_000_000_001))
    calls: list[Call] = field(default_factory=list)
    state: str = ""

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Reply:
        assert timeout
        parts, sent = urlsplit(url), {name.lower(): value for name, value in (headers or {}).items()}
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        if "urlencoded" in sent.get("content-type", ""):
            given |= dict(parse_qsl((content or b"").decode(), keep_blank_values=True))
        parts_sent = parts_of(content or b"", sent.get("content-type", ""))
        file = parts_sent.pop("source", b"")
        given |= {name: value.decode() for name, value in parts_sent.items()}
        call = Call(method, parts.netloc, parts.path.strip("/"), given, file)
        self.calls.append(call)
        if (opened := self.at_the_desk(call)) is not None:
            return opened
        token = given.get("access_token") or sent.get("authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            return error(190, "Invalid OAuth access token - Cannot parse access token")
        if self.state == "locked":
            return error(190, "The account is in a checkpoint", subcode=459)
        if self.state == "deleted":
            return not_there()
        return self.answer(call)

    def at_the_desk(self, call: Call) -> Reply | None:
        raise NotImplementedError

    def answer(self, call: Call) -> Reply:
        raise NotImplementedError

    def short(self, call: Call) -> Reply:
        """The short token of a code, once."""
        code = call.given.get("code", "")
        if call.given.get("client_secret") != SECRET or code not in self.codes:
            return error(100, "This authorization code has been used")
        self.codes.remove(code)
        return said({"access_token": "short", "token_type": "bearer", "user_id": 7})

    def long(self, call: Call) -> Reply:
        """The long token of a short one, or of a long one that is renewed."""
        shown = call.given.get("access_token") or call.given.get("fb_exchange_token", "")
        if shown != "short" and shown not in self.tokens:
            return error(190, "The access token could not be decrypted", subcode=463)
        return said({"access_token": TOKEN, "token_type": "bearer", "expires_in": 5_183_944})

    def consent(self, address: str) -> dict[str, str]:
        given = dict(parse_qsl(urlsplit(address).query))
        assert given["client_id"] == CLIENT
        code = f"AQ{next(self.numbers)}"
        self.codes.add(code)
        return {"code": f"{code}#_", "state": given["state"]}

    def befall(self, what: str) -> None:
        if what == "revoked":
            self.tokens.clear()
        self.state = what

    def stamp(self, number: int) -> str:
        """A later instant for each id."""
        return (MADE + timedelta(seconds=number - 18_000_000_000_000_000)).strftime("%Y-%m-%dT%H:%M:%S+0000")
