"""Where people sign in at a rehearsed network: a page of consent, and tokens by OAuth 2 with PKCE (RFC 6749, 7636, 7009)."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from stoa.social.networks.rehearsing import Reply

DATE = {"Date": "Sun, 01 Mar 2026 12:00:00 GMT"}


def told(status: int, body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode(), DATE)


def wrong(error: str, words: str = "") -> Reply:
    return told(400, {"error": error, "error_description": words})


@dataclass
class Desk:
    """`tokens` open the account, `refreshing` renews; where they `rotate`, a refresh token counts once. `willing`: whether the person
    agrees; `basic`: the application proves itself in the header; `lasting`: seconds that a token is good for."""

    address: str
    client: str = "our-client-id"
    secret: str = "our client secret, known to few"
    basic: bool = False
    rotate: bool = False
    renews: bool = True
    lasting: int = 7200
    willing: bool = True
    parameters: frozenset[str] = frozenset()
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    refreshing: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    forms: list[dict[str, str]] = field(default_factory=list)

    def consent(self, address: str) -> dict[str, str]:
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == self.address
        assert (asked["client_id"], asked["response_type"]) == (self.client, "code")
        assert self.parameters <= set(asked)
        if not self.willing:
            return {"error": "access_denied", "state": asked["state"]}
        code = f"code number {next(self.numbers)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, content: bytes | None, headers: Mapping[str, str]) -> Reply:
        """The address of tokens."""
        form = dict(parse_qsl((content or b"").decode()))
        self.forms.append(form)
        if not self.knows(form, headers):
            return told(401, {"error": "invalid_client", "error_description": "Client authentication failed."})
        if form.get("grant_type") == "refresh_token":
            return self.renew(form.get("refresh_token", ""))
        return self.exchange(form)

    def knows(self, form: Mapping[str, str], headers: Mapping[str, str]) -> bool:
        if not self.basic:
            return (form.get("client_id"), form.get("client_secret")) == (self.client, self.secret)
        pair = base64.b64decode(headers.get("authorization", "").removeprefix("Basic ")).decode().partition(":")
        return (unquote(pair[0]), unquote(pair[2])) == (self.client, self.secret) and "client_secret" not in form

    def renew(self, refresh: str) -> Reply:
        scopes = self.refreshing.pop(refresh, None) if self.rotate else self.refreshing.get(refresh)
        if scopes is None:
            return wrong("invalid_grant", "The refresh token is not valid.")
        return self.grant(scopes, again=self.rotate)

    def exchange(self, form: Mapping[str, str]) -> Reply:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return wrong("invalid_grant", "The code is invalid or was used.")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return wrong("invalid_grant", "The verifier does not match.")
        return self.grant(asked["scope"], again=self.renews)

    def grant(self, scopes: str, *, again: bool) -> Reply:
        number = next(self.numbers)
        made: dict[str, Any] = {"token_type": "bearer", "expires_in": self.lasting, "scope": scopes}
        made["access_token"] = f"access token number {number}"
        self.tokens[made["access_token"]] = scopes
        if again:
            made["refresh_token"] = f"refresh token number {number}"
            self.refreshing[made["refresh_token"]] = scopes
        return told(200, made)

    def take_back(self, content: bytes | None) -> Reply:
        token = dict(parse_qsl((content or b"").decode())).get("token", "")
        self.tokens.pop(token, None)
        self.refreshing.pop(token, None)
        return told(200, {})

    def close(self) -> None:
        """The person takes it all back."""
        self.tokens.clear()
        self.refreshing.clear()
