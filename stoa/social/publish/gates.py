"""The socket `publish.gates`: may this still be sent? Asked in the claiming transaction of every attempt to send.

    @gate("bridge.usage_right")
    def right_stands(delivery: Delivery) -> str: ...   # "" = it may; else the reason, and the delivery is held

A gate reads rows and speaks to nobody. One that fails lets nothing through: the attempt is not made, and is tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stoa.social.publish.models import Delivery

Ask = Callable[["Delivery"], str]
_gates: dict[str, Ask] = {}


def gate(key: str) -> Callable[[Ask], Ask]:
    """Registers the decorated function under a name that stays."""

    def register(ask: Ask) -> Ask:
        _gates[key] = ask
        return ask

    return register


def all_keys() -> list[str]:
    return sorted(_gates)


def refusal(delivery: Delivery) -> str:
    """The reason of the first gate that refuses; empty when all let it through."""
    return next((reason for key in all_keys() if (reason := _gates[key](delivery))), "")
