"""Whether what goes out piece by piece over minutes or hours may go on: asked before each piece.

The socket: whoever sends so asks `against(kind, owner, key)`; higher rooms say once, by `may_stop`, what speaks against it: a switch that
stops all sending, a taking back.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Against:
    """Why it may not go on now; `for_good`: nor ever again."""

    reason: str
    for_good: bool = False


Stop = Callable[[str, str, str], Against | None]
_stops: list[Stop] = []


def may_stop(stop: Stop) -> Stop:
    """Registers who may speak against it: `(kind, owner, key)` name what is being sent, as its sender was told them."""
    _stops.append(stop)
    return stop


def against(kind: str, owner: str, key: str) -> Against | None:
    """What speaks against the next piece; what stops it for good before what lets it wait."""
    found = [said for stop in _stops if (said := stop(kind, owner, key))]
    return next((each for each in found if each.for_good), found[0] if found else None)
