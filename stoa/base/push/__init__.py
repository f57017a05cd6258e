"""Web push: a sealed message to one browser, through the push service that its maker runs (RFC 8030, 8291, 8292).

    answer = send(Endpoint(address, p256dh, auth), content, Wish(seconds=86_400, urgency="normal", topic="…"))

The push service sees that something came from us for this browser, and how long it is; it cannot read it. Keys are made in the data
folder's keys/. What is said, to whom and whether at all, a higher room decides.
"""

from stoa.base.push.endpoint import Endpoint, checked
from stoa.base.push.keys import public_key
from stoa.base.push.sending import Wish, send

__all__ = ["Endpoint", "Wish", "checked", "public_key", "send"]
