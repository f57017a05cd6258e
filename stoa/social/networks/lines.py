"""Lines: the guarded client and a channel's credentials, for its connector alone."""

from collections.abc import Mapping
from typing import Any

from stoa.base import http
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Http, Line, NotSent, Response, Unknown


class GuardedHttp:
    """The guarded client as connectors know it: their own errors, and our own origin and the trusted peers can be called."""

    def __init__(self) -> None:
        self._client = http.GuardedClient(trusted=True)

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
        try:
            return self._client.request(method, url, headers=headers, content=content, json=json, timeout=timeout)
        except http.NotSent as trouble:
            raise NotSent(f"The network could not be reached ({trouble}).") from trouble
        except http.Outside as trouble:
            raise Unknown(f"The network gave no clear answer ({trouble}).") from trouble


def client() -> Http:
    """A client for connectors."""
    return GuardedHttp()


def line_for(channel: Channel) -> Line:
    """A line to this account. Raises `Reconnect` when its credentials cannot be opened."""
    from stoa.social.networks.actions.credentials import open_credentials

    return Line(client(), open_credentials(channel))
