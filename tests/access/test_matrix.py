"""Every route has a rule, and every cell of route × method × kind of person × visibility answers as the rules say."""

from tests.access import asking, rules, sweep
from tests.access.sweep import Swept
from tests.access.world import World


def test_every_route_has_a_rule() -> None:
    missing = sweep.without_rule(asking.routes(), rules.ROUTES)
    assert not missing, "\n".join(missing)


def test_no_route_takes_a_method_that_no_rule_names(world: World) -> None:
    """Asked as the owner. The sign-in library's own pages answer every method as one of their forms."""
    named: dict[str, set[str]] = {}
    for rule in rules.ROUTES:
        named.setdefault(rule.route, set()).update(rule.methods)
    browser, taken = asking.client(world, "owner"), []
    for rule in rules.ROUTES:
        if not rule.route.startswith(("account_", "mfa_")):
            for method in sorted({"GET", "POST", "PUT", "PATCH", "DELETE"} - named[rule.route]):
                if asking.ask(browser, method, asking.address(rule, world)).status != 405:
                    taken.append(f"{method} {rule.route}: add it to a rule, or refuse it")
    assert not taken, "\n".join(taken)


def test_every_cell_answers_as_the_rules_say(swept: Swept) -> None:
    found = swept.matrix
    assert not found.wrong, f"{len(found.wrong)} of {found.asked} cells:\n" + "\n".join(found.wrong)
