"""What can go wrong on the way to a network: few names, one tree. Anything else is *unknown*."""

from __future__ import annotations


class Trouble(Exception):
    """Something did not work. `reason` is a sentence for the person who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(Trouble):
    """Not done; the network asks for patience. `after` is in seconds."""

    def __init__(self, reason: str, after: float) -> None:
        super().__init__(reason)
        self.after = after


class Reconnect(Trouble):
    """Not done; a person must connect the channel again."""


class Expired(Reconnect):
    """Not done; the access token is over. `refresh()` once, then try again with the same key."""


class Refused(Trouble):
    """Not done; the network says no. `mend` tells what the person can change."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.mend = mend


class Gone(Trouble):
    """Not done; what the call spoke of (a post, an account) is not there any more."""


class NotSent(Trouble):
    """Not done, proven: the name was not resolved, the connection refused, or TLS failed before the request."""


class Unknown(Trouble):
    """May have been done. Never sent again blindly: `Settles.settle` looks it up."""
