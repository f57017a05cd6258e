"""The part of the small server where people sign in: applications, the page of consent, tokens (docs.joinmastodon.org/methods/oauth)."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stoa.social.networks.rehearsing import Reply


def said(status: int, body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode(), {"Date": "Sun, 01 Mar 2026 12:00:00 GMT"})


@dataclass
class SmallDesk:
    """`apps` by their id; `codes`: what a code stands for, once; `tokens` that open the account; `willing`: whether its owner agrees."""

    server: str
    copied: str
    apps: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    willing: bool = True

    def __post_init__(self) -> None:
        self.tokens[self.copied] = "copied"

    def answer(self, path: str, form: Mapping[str, str]) -> Reply:
        if path == "v1/apps":
            return self.register(form)
        app = self.apps.get(form.get("client_id", ""))
        if app is None or app["secret"] != form.get("client_secret"):
            return said(401, {"error": "invalid_client", "error_description": "Client authentication failed."})
        if path == "/oauth/revoke":
            self.tokens.pop(form.get("token", ""), None)
            return said(200, {})
        if form.get("grant_type") == "client_credentials":
            return said(200, {"access_token": "for the app alone", "token_type": "Bearer", "scope": "read:accounts"})
        return self.exchange(form)

    def register(self, form: Mapping[str, str]) -> Reply:
        id = f"app{next(self.numbers)}"
        self.apps[id] = {"secret": f"secret of {id}", "back": form["redirect_uris"], "scopes": form["scopes"]}
        return said(200, {"id": "1", "name": form["client_name"], "client_id": id, "client_secret": f"secret of {id}"})

    def consent(self, address: str) -> dict[str, str]:
        """The person is asked, and sent back."""
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.server}/oauth/authorize"
        app = self.apps[asked["client_id"]]
        assert asked["redirect_uri"] == app["back"]
        assert set(asked["scope"].split()) <= set(app["scopes"].split())
        if not self.willing:
            return {"error": "access_denied", "error_description": "The owner denied it.", "state": asked["state"]}
        code = f"code number {next(self.numbers)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def exchange(self, form: Mapping[str, str]) -> Reply:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or asked["client_id"] != form["client_id"] or asked["redirect_uri"] != form["redirect_uri"]:
            return said(400, {"error": "invalid_grant", "error_description": "The code is invalid or was used."})
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return said(400, {"error": "invalid_grant", "error_description": "The verifier does not match."})
        token = f"the access token number {next(self.numbers)}"
        self.tokens[token] = asked["client_id"]
        return said(200, {"access_token": token, "token_type": "Bearer", "scope": asked["scope"], "created_at": 1})
