"""Whether a letter may still go out, asked when it is sent: rights change between writing and sending."""

from collections.abc import Callable

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter

May = Callable[[Actor, Letter], bool]
_rules: dict[str, list[May]] = {}


def may_send(kind: str) -> Callable[[May], May]:
    """Registers a rule for one kind of letter: `(its reader as an Actor, the letter) -> bool`, asked beside the sight of its thing and
    beside the kind's other rules."""

    def register(rule: May) -> May:
        _rules.setdefault(kind, []).append(rule)
        return rule

    return register


def may_be_sent(reader: Actor, letter: Letter) -> bool:
    """Whether this reader may have this letter now."""
    if letter.thing_id is not None and not things.may_see((letter.thing_key, letter.thing_id), by=reader):
        return False
    return all(rule(reader, letter) for rule in _rules.get(letter.kind, []))
