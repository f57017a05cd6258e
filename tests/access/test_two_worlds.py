"""A world with a secret space and one without answer everybody who may not know of it with the same bytes."""

from tests.access.sweep import Found


def test_a_secret_space_changes_no_byte_for_who_may_not_know_of_it(apart: Found) -> None:
    assert not apart.wrong, f"{len(apart.wrong)} of {apart.asked} answers:\n" + "\n".join(apart.wrong)
