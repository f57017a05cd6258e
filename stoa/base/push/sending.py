"""Handing one message to a push service, through the guarded client like everything that leaves."""

from dataclasses import dataclass

from stoa.base.http import Answer, GuardedClient
from stoa.base.push.endpoint import Endpoint
from stoa.base.push.keys import authorization
from stoa.base.push.sealing import sealed

SECONDS = 20.0


@dataclass(frozen=True)
class Wish:
    """How long the service keeps it for a browser that is away, how soon it matters ("low", "normal", "high"), and of what it speaks: a
    later message of the same topic takes the place of one that has not been delivered (at most 32 characters of base 64)."""

    seconds: int
    urgency: str
    topic: str


def send(to: Endpoint, content: bytes, wish: Wish) -> Answer:
    """Sends once. Raises what the client raises."""
    headers = {
        "authorization": authorization(to.address),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(wish.seconds),
        "urgency": wish.urgency,
        "topic": wish.topic,
    }
    return GuardedClient(largest=64_000, seconds=SECONDS).request(
        "POST", to.address, headers=headers, content=sealed(content, to)
    )
