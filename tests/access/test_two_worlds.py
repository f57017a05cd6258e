"""A world with a secret space and one without answer everybody who may not know of it with the same bytes."""

from typing import Any

from django.db import transaction

from tests.access import rules, sweep
from tests.access import world as worlds
from tests.access.sweep import Found


def two_worlds() -> Found:
    """Asks the script in both worlds; the script has the secret space's own addresses too."""
    with worlds.aside(), transaction.atomic():
        full = worlds.build()
        asked = sweep.script(full, rules.ROUTES)
        one = sweep.answers(full, asked)
        transaction.set_rollback(True)
    with worlds.aside(), transaction.atomic():
        other = sweep.answers(worlds.build(tuple(each for each in rules.VISIBILITIES if each != rules.SECRET)), asked)
        transaction.set_rollback(True)
    return sweep.differences(one, other)


def test_a_secret_space_changes_no_byte_for_who_may_not_know_of_it(db: Any) -> None:
    found = two_worlds()
    assert not found.wrong, f"{len(found.wrong)} of {found.asked} answers:\n" + "\n".join(found.wrong)
