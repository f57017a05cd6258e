"""Who may hear live events about a thing. Asked when a stream opens and again before every event is sent."""

from collections.abc import Callable

from stoa.base import things
from stoa.base.actors import Actor

May = Callable[[Actor, int], bool]
_rules: dict[str, May] = {}


def may_hear(key: str) -> Callable[[May], May]:
    """Registers the rule for one kind of thing: `(actor, id) -> bool`. Without one, who may see the thing may hear of it."""

    def register(rule: May) -> May:
        _rules[key] = rule
        return rule

    return register


def who_may_hear(actor: Actor, key: str, number: int) -> bool:
    """Whether this actor may hear of events about this thing now."""
    if key in _rules:
        return _rules[key](actor, number)
    return things.may_see((key, number), by=actor)
