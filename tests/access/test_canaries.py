"""What a kind of person may not know stands in nothing that they get."""

from tests.access import sweep
from tests.access.world import World


def test_no_canary_is_found_where_it_may_not_be(world: World) -> None:
    found = sweep.canaries(world)
    assert not found.wrong, f"{len(found.wrong)} leaks in {found.asked} outputs:\n" + "\n".join(found.wrong)
