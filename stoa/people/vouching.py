"""The socket `people.vouching`: whether the code that a sign-up carries proves its e-mail address (spaces brings invitations), and whether
it was made out to that very address."""

import hashlib
from collections.abc import Callable

Vouches = Callable[[str, str], bool]
_vouches: Vouches | None = None
_names: Vouches | None = None


def plug(vouches: Vouches, names: Vouches) -> None:
    global _vouches, _names
    _vouches, _names = vouches, names


def vouches_for(code: str, email: str) -> bool:
    """True only where a plug says so."""
    return bool(code and _vouches and _vouches(code, email))


def names(mark: str, email: str) -> bool:
    """Whether the code with this fingerprint was given to this address and no other, whether or not it is still good."""
    return bool(mark and _names and _names(mark, email))


def fingerprint(code: str) -> str:
    """What is kept of a code, to find it again and not to read it: 160 bits of its SHA-256, which nobody turns round for a code drawn
    from 144 random bits. Empty of nothing."""
    return hashlib.sha256(code.encode()).hexdigest()[:40] if code else ""
