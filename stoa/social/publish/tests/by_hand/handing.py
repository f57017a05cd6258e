"""What the tests of posting by hand share: a public page, moments, something that is in hand."""

from datetime import timedelta
from typing import Any

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.work.drain import drain
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Unknown
from stoa.social.networks.rehearsing import Reply
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.makers import START, fresh, make_delivery

THERE = "https://bsky.app/profile/porch.example/post/3kabc"


class Page:
    """A network's public page, which says what it is told to say, or breaks."""

    def __init__(self, says: str | None) -> None:
        self.says, self.asked = says, 0

    def request(self, method: str, url: str, **more: Any) -> Any:
        self.asked += 1
        if self.says is None:
            raise Unknown("No whole answer.")
        return Reply(200, self.says.encode())


def at(hours: float) -> Any:
    return clock.pinned(START + timedelta(hours=hours))


def handed(channel: Channel, by: Actor) -> Delivery:
    delivery = make_delivery(channel, by=by)
    drain()
    return fresh(delivery)
