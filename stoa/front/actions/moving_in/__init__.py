"""Moving in, as it is done: an archive is read, a person confirms for whom each space is, all of it is carried in piece by piece."""

from stoa.front.actions.moving_in.carrying import carry, carry_on_here
from stoa.front.actions.moving_in.confirming import carry_again, confirm_import, go_on, pause_import
from stoa.front.actions.moving_in.inviting import write_claim_letters
from stoa.front.actions.moving_in.reading import read_archive

__all__ = [
    "carry", "carry_again", "carry_on_here", "confirm_import", "go_on", "pause_import", "read_archive", "write_claim_letters",
]  # fmt: skip
