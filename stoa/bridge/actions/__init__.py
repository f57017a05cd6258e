"""What happens between the wings: one file per noun."""

from stoa.bridge.actions.ending import expire_rights, take_back, take_back_of
from stoa.bridge.actions.rights import Terms, ask_use, decline_use, grant_use
from stoa.bridge.actions.uses import settle_use

__all__ = [
    "Terms",
    "ask_use",
    "decline_use",
    "expire_rights",
    "grant_use",
    "settle_use",
    "take_back",
    "take_back_of",
]
