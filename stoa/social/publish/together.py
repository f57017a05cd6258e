"""The pieces of a post on one channel, seen together: its parts in order, its first comment last, and one word for all that is honest."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import WITHDRAWN
from stoa.social.publish.words import piece_word, state_word

WORST = ("bad", "warn", "plain", "good")
State = tuple[str, str]


@dataclass(frozen=True)
class Together:
    """What goes out of one post on one channel. Most often that is one delivery."""

    rows: list[Delivery]

    @property
    def first(self) -> Delivery:
        return self.rows[0]

    @property
    def is_several(self) -> bool:
        return len(self.rows) > 1

    @property
    def pieces(self) -> list[tuple[str, Delivery, State]]:
        """(what each is called, the delivery, its state)."""
        return [(piece_word(each) or _("Part 1"), each, state_word(each)) for each in self.rows]

    @property
    def state(self) -> State:
        """One word where all say the same; else how many are there, seen as the worst of them."""
        states = [state_word(each) for each in self.rows]
        parts = [each for each in self.rows if each.role != "comment" and each.state != WITHDRAWN]
        out = [each for each in parts if each.is_published]
        if len(set(states)) == 1 or not out:
            return states[0]
        kind = min((kind for _word, kind in states), key=WORST.index)
        comment = next((each for each in self.rows if each.role == "comment"), None)
        if len(out) < len(parts):
            said = {"out": len(out), "all": len(parts)}
            return _("%(out)s of %(all)s parts published") % said, "plain" if kind == "good" else kind
        if comment and not comment.is_published:
            return _("Published; first comment: %(state)s") % {"state": state_word(comment)[0]}, kind
        return (
            states[0] if all(word == states[0][0] for word, _kind in states[: len(parts)]) else (_("Published"), kind)
        )


def together(deliveries: Iterable[Delivery]) -> list[Together]:
    """By channel, in the order in which these come. Those that follow know what they follow without asking again."""
    found: dict[int, list[Delivery]] = {}
    known = {each.id: each for each in deliveries}
    for each in known.values():
        if each.follows_id in known:
            each.follows = known[each.follows_id]
        found.setdefault(each.channel_id, []).append(each)
    return [Together(sorted(rows, key=place)) for rows in found.values()]


def place(delivery: Delivery) -> tuple[bool, int, int]:
    return delivery.role == "comment", delivery.part, delivery.id
