"""The socket `people.vouching`: whether the code that a sign-up carries proves its e-mail address (spaces brings invitations), and whether
it was made out to that very address."""

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


def names(code: str, email: str) -> bool:
    """Whether this code was given to this address and no other, whether or not it is still good."""
    return bool(code and _names and _names(code, email))
