"""Lines: the guarded client and a channel's credentials, for its connector alone."""

from stoa.base.http import GuardedClient
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Http, Line
from stoa.social.networks.wire import InTime, Wire

ASKING = 50.0  # seconds for one question, however many requests it takes; with a renewal it is over before a lease of 120 seconds is


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


def line_until(channel: Channel, ends: float) -> Line:
    """A line over which nothing is asked any more after `ends` (`time.monotonic`)."""
    line = line_for(channel)
    return Line(InTime(line.http, ends), line.credentials)
