"""Every page asks a known number of queries, and no more when there is ten times as much."""

from tests.access import sweep
from tests.access import world as worlds
from tests.access.ceilings import CEILINGS
from tests.access.world import World


def test_no_page_asks_more_than_its_ceiling_nor_more_when_there_is_more(world: World) -> None:
    before = sweep.queries(world)
    worlds.grow(world)
    wrong = sweep.growing(before, sweep.queries(world), CEILINGS)
    assert not wrong, "\n".join(wrong)
