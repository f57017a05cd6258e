"""Where a reader stops letters of a kind in one click (RFC 8058): the address stands in the mail's head, and mail programs show a button.

The socket: a higher room says once, by `stopped_at`, at which address of ours letters like this one are stopped.
"""

from collections.abc import Callable

from stoa.base.models.letter import Letter

Stop = Callable[[Letter], str]
_stops: list[Stop] = []


def stopped_at(stop: Stop) -> Stop:
    """Registers who knows the address; "" for letters that are not stopped this way."""
    _stops.append(stop)
    return stop


def headers_of(letter: Letter) -> dict[str, str]:
    """The two fields of RFC 8058 for a letter that can be stopped; nothing for one that answers its own reader, as a lost password."""
    address = next(filter(None, (stop(letter) for stop in _stops)), "")
    if not address:
        return {}
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
