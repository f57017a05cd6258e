"""A network to sign in at, for tests: its connector asks for our application once, and opens as many accounts as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks import lines, oauth, registry
from stoa.social.networks.plaza.connector import Plaza
from stoa.social.networks.protocol import Account, Field, Granted, Http, Leaving, Line, Scope, Unknown

ISSUER = "https://guarded.example"
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass
class Guarded(Plaza):
    """Behind a company's review. `arrived`: what came back; `opens`: the names of the accounts."""

    key = "guarded"
    name = "Guarded"
    review = "Guarded looks at each application for two weeks."
    asks = (
        Field("client", "Application's id", once=True),
        Field("secret", "Application's secret", kind="secret", once=True),
    )
    scopes = (Scope("write", "to publish"),)
    opens: tuple[str, ...] = ("Porch",)
    issuer: str = ISSUER
    arrived: list[dict[str, str]] = field(default_factory=list)
    broken: Exception | None = None

    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
        application = oauth.Application(answers["client"], answers["secret"])
        address = oauth.authorise_address(
            f"{ISSUER}/authorise", application, back=back, scopes=("write",), state=state, verifier=verifier
        )
        return Leaving(address, {"client": answers["client"]}, issuer=self.issuer)

    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]:
        self.arrived.append({**given, "back": back, "verifier": verifier, **kept})
        if self.broken:
            raise self.broken
        named = enumerate(self.opens, start=1)
        return tuple(
            (Account(f"g{number}", name.lower(), name), Granted({"token": f"token of {name}"}, UNTIL))
            for number, name in named
        )

    def revoke(self, *, over: Line) -> None:
        if over.credentials["token"] == "token of Porch":
            raise Unknown("Nobody answered.")


def guard(monkeypatch: pytest.MonkeyPatch, **more: Any) -> Guarded:
    """Makes it known to the registry for one test."""
    guarded = Guarded(**more)
    known = {**registry.connectors(), guarded.key: guarded}
    monkeypatch.setattr(registry, "connectors", lambda: known)
    return guarded


def speak_through(monkeypatch: pytest.MonkeyPatch, http: Any) -> None:
    """Connectors call this instead of the world."""
    monkeypatch.setattr(lines, "client", lambda: http)
