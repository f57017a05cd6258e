"""The one guarded client: everything that leaves the house goes through here.

    answer = GuardedClient().request("GET", address, follow=3)
    answer.status, answer.headers["content-type"], answer.body, answer.json()

It connects only to addresses of the public internet, checked at the moment of connecting, whatever the name said before; limits
size and total time; follows no redirect unless asked, and then checks each anew; knows no proxy and no cookie; never tries twice.
`trusted=True` (connectors only) may also call our own origin and the exact `host:port` pairs of STOA_TRUSTED_PEERS.

Errors, one tree: `Outside` > `NotSent` (proven: no byte of the request left), `NoAnswer` (everything else: it may have been done).
"""

from stoa.base.http.addresses import is_public, web_address
from stoa.base.http.client import Answer, GuardedClient
from stoa.base.http.errors import Forbidden, NoAnswer, NotSent, Outside, TooLarge

__all__ = [
    "Answer",
    "Forbidden",
    "GuardedClient",
    "NoAnswer",
    "NotSent",
    "Outside",
    "TooLarge",
    "is_public",
    "web_address",
]
