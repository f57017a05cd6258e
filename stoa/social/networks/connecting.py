"""What the page of connecting shows: the form of a token where there is one, the sign-in where there is one, and what that asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stoa.social.networks import registry
from stoa.social.networks.actions.applications import known_application
from stoa.social.networks.actions.signing import return_address
from stoa.social.networks.forms import ConnectForm, SignForm
from stoa.social.networks.protocol import Connects, Hands, Scope, Signs


@dataclass(frozen=True)
class ConnectingPage:
    """`form` asks for what opens the account, `signing` for what must be known before one goes there to sign in. `review`: what the
    network demands of an application; `back`: the redirect address that it must be told; `hands`: a person may post there instead."""

    connector: Any
    form: ConnectForm | None
    signing: SignForm | None
    scopes: tuple[Scope, ...]
    review: str
    back: str
    hands: bool

    @classmethod
    def of(
        cls, network: str, given: Mapping[str, str] | None = None, signs: Mapping[str, str] | None = None
    ) -> "ConnectingPage":
        connector = registry.get(network)
        signing: SignForm | None = None
        scopes: tuple[Scope, ...] = ()
        if isinstance(connector, Signs):
            kept = known_application(network, "") if any(each.once for each in connector.asks) else {}
            signing, scopes = SignForm(connector.asks, signs, kept=kept), tuple(connector.scopes)
        form = ConnectForm(connector.fields, given) if isinstance(connector, Connects) else None
        asks_once = signing is not None and any(each.once for each in connector.asks)  # type: ignore[attr-defined]
        back = return_address() if asks_once else ""
        review = getattr(connector, "review", "")
        return cls(connector, form, signing, scopes, review, back, isinstance(connector, Hands))
