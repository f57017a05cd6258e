"""What happens to channels: connected, refreshed, held, disconnected."""

from stoa.social.networks.actions.budgets import set_budget
from stoa.social.networks.actions.byhand import connect_by_hand
from stoa.social.networks.actions.channels import (
    connect_channel,
    connect_practice_channel,
    disconnect_channel,
    mark_for_reconnecting,
)
from stoa.social.networks.actions.credentials import InFlight, open_credentials, refresh_channel
from stoa.social.networks.actions.holds import hold_over, lift_hold, place_hold
from stoa.social.networks.actions.patience import keep_quiet

__all__ = [
    "InFlight",
    "connect_by_hand",
    "connect_channel",
    "connect_practice_channel",
    "disconnect_channel",
    "hold_over",
    "keep_quiet",
    "lift_hold",
    "mark_for_reconnecting",
    "open_credentials",
    "place_hold",
    "refresh_channel",
    "set_budget",
]
