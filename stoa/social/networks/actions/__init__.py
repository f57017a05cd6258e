"""What happens to channels: connected, refreshed, held, disconnected."""

from stoa.social.networks.actions.budgets import note_allowance
from stoa.social.networks.actions.byhand import connect_by_hand
from stoa.social.networks.actions.channels import (
    connect_channel,
    connect_practice_channel,
    disconnect_channel,
)
from stoa.social.networks.actions.credentials import InFlight, open_credentials, refresh_channel
from stoa.social.networks.actions.holds import hold_over, hold_over_network, lift_hold, place_hold
from stoa.social.networks.actions.patience import keep_quiet
from stoa.social.networks.actions.signing import choose_accounts, come_back, leave_for
from stoa.social.networks.actions.spending import set_budget
from stoa.social.networks.actions.troubles import mark_for_reconnecting

__all__ = [
    "InFlight",
    "choose_accounts",
    "come_back",
    "connect_by_hand",
    "connect_channel",
    "connect_practice_channel",
    "disconnect_channel",
    "hold_over",
    "hold_over_network",
    "keep_quiet",
    "leave_for",
    "lift_hold",
    "mark_for_reconnecting",
    "note_allowance",
    "open_credentials",
    "place_hold",
    "refresh_channel",
    "set_budget",
]
