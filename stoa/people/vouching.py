"""The socket `people.vouching`: whether the code that a sign-up carries proves its e-mail address (spaces brings invitations)."""

from collections.abc import Callable

Vouches = Callable[[str, str], bool]
_vouches: Vouches | None = None


def plug(vouches: Vouches) -> None:
    global _vouches
    _vouches = vouches


def vouches_for(code: str, email: str) -> bool:
    """True only where a plug says so."""
    return bool(code and _vouches and _vouches(code, email))
