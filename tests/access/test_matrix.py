"""Every route has a rule, and every cell of route × method × kind of person × visibility answers as the rules say."""

from tests.access import asking, rules, sweep
from tests.access.world import World


def test_every_route_has_a_rule() -> None:
    missing = sweep.without_rule(asking.routes(), rules.ROUTES)
    assert not missing, "\n".join(missing)


def test_every_cell_answers_as_the_rules_say(world: World) -> None:
    found = sweep.matrix(world)
    assert not found.wrong, f"{len(found.wrong)} of {found.asked} cells:\n" + "\n".join(found.wrong)
