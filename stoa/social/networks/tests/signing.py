"""A network to sign in at, for tests: its connector asks for our application once, and opens as many accounts as it is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from stoa.base.actors import Actor
from stoa.people.models import Person
from stoa.social.networks import lines, oauth, registry
from stoa.social.networks.mastodon.tests.rehearsal import SERVER
from stoa.social.networks.models import Channel
from stoa.social.networks.plaza.connector import Plaza
from stoa.social.networks.protocol import Account, Field, Granted, Http, Leaving, Line, Scope, Unknown

ISSUER = "https://guarded.example"
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)
PAGE, WAY = "/desk/channels/new/{}/", "/desk/channels/new/{}/sign-in/"
RETURN = "/desk/channels/sign-in/return"
ASKED = {"client": "the-id", "secret": "the secret of the application"}


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


def browser_of(actor: Actor) -> Client:
    browser = Client()
    browser.force_login(Person.objects.get(id=actor.person_id).account)
    return browser


def leave(browser: Client, network: str = "mastodon", given: dict[str, str] | None = None) -> str:
    """The address to which the page leads."""
    page = browser.post(WAY.format(network), given or {"server": SERVER})
    assert page.status_code == 200, page.content.decode()[-3000:]
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    assert found
    return unescape(found[1])


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(browser: Client, given: dict[str, str]) -> Any:
    return browser.get(RETURN, given)


def refused(browser: Client, given: dict[str, str], words: str) -> None:
    """A clear page, and nothing connected."""
    answer = come_back(browser, given)
    page = unescape(answer.content.decode())
    assert (answer.status_code, words in page) == (409, True), page[-3000:]
    assert Channel.objects.count() == 0


def signed_in(browser: Client) -> Channel:
    state = asked(leave(browser, "guarded", ASKED))["state"]
    assert come_back(browser, {"state": state, "code": "c", "iss": ISSUER}).status_code == 303
    return Channel.objects.get()
