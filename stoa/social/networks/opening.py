"""How an account is opened at the network itself, kept open, known again and given back: means of `protocol`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from stoa.social.networks.calling import Http, Line
from stoa.social.networks.messages import Account, Field, Granted, Leaving, Scope


@runtime_checkable
class Signs(Protocol):
    """Opens accounts by a person's signing in at the network (OAuth 2 with PKCE, or 1.0a): `Connects` without a token to copy.

    `asks`: what must be known before one leaves (a server, the application's own id and secret). `scopes`: the smallest set, each
    with its reason. `state` and `verifier` (PKCE, 43 to 128 characters) are the caller's, used once; `back` is our own address.
    `arrive` answers with every account that was opened; the person chooses where there are several. A connector whose network
    looks at an application before it lets others in says what that takes in `review`, a text. `oauth` has the steps of OAuth 2.
    """

    @property
    def asks(self) -> tuple[Field, ...]: ...
    @property
    def scopes(self) -> tuple[Scope, ...]: ...
    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving: ...
    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]: ...


@runtime_checkable
class Refreshes(Protocol):
    """Renews what opens the account, also where `Signs` opened it (single flight is the caller's)."""

    def refresh(self, *, over: Line) -> Granted: ...


@runtime_checkable
class Revokes(Protocol):
    """Tells the network that we give the access back. Called after we have forgotten it, once."""

    def revoke(self, *, over: Line) -> None: ...


@runtime_checkable
class Identifies(Protocol):
    """Says who the account is now: its id stays, its handle and name may have changed. `Gone` when it is there no more; `Reconnect`
    with the network's own words when it is locked."""

    def identify(self, *, over: Line) -> Account: ...
