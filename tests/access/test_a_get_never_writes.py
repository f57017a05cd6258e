"""Every GET is asked with a guard on the database that refuses changes."""

from tests.access import asking, rules
from tests.access.world import World
from tests.access.writes import nothing_written
from tests.house.exceptions import WRITING_GETS


def test_a_get_never_writes(world: World) -> None:
    wrote = []
    for person in ("anonymous", "pending", "member", "steward", "owner"):
        browser = asking.client(world, person)
        browser.raise_request_exception = True
        for rule in rules.ROUTES:
            if "GET" in rule.reads.split() and rule.route not in WRITING_GETS:
                try:
                    with nothing_written():
                        asking.ask(browser, "GET", asking.address(rule, world))
                except Exception as trouble:
                    wrote.append(f"GET {rule.route} as {person}: {type(trouble).__name__}: {trouble}")
    assert not wrote, "\n".join(wrote)
