"""The room's tables, one noun per file."""

from stoa.people.models.account import Account
from stoa.people.models.identity import Identity, IdentityEvent
from stoa.people.models.person import Person

__all__ = ["Account", "Identity", "IdentityEvent", "Person"]
