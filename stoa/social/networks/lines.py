"""Lines: the guarded client and a channel's credentials, for its connector alone."""

from stoa.base.http import GuardedClient
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Http, Line
from stoa.social.networks.wire import Wire


def client() -> Http:
    """A client for connectors."""
    return Wire()


def stranger() -> Http:
    """A client that sees what anybody would: for addresses that people paste. It reaches neither this installation nor trusted peers."""
    return Wire(GuardedClient(whole=False))


def line_for(channel: Channel) -> Line:
    """A line to this account. Raises `Reconnect` when its credentials cannot be opened."""
    from stoa.social.networks.actions.credentials import open_credentials

    return Line(client(), open_credentials(channel))
