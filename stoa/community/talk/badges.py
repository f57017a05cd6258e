"""Which badges there are, and what each is for: acts that helped others, never how much somebody wrote (docs/decisions/36)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from stoa.community.talk.badge_acts import Act, first_answers, opened_by_rituals, settled, welcomed
from stoa.community.talk.facts import BadgeKey

WITHIN, SEASON, TIMES = timedelta(days=1), timedelta(weeks=12), 3
Earned = dict[tuple[int, BadgeKey, int], list[Act]]  # person, which, sphere: what it is for


@dataclass(frozen=True)
class Definition:
    """`name` and `what` are public. `counts`: which acts stand for it, so many of them that its evidence can be named; `others`: of so many
    different people at least."""

    key: BadgeKey
    icon: str
    name: Callable[[], str]
    what: Callable[[], str]
    acts: Callable[[Collection[int] | None], Iterable[Act]]
    needed: int
    others: int = 1

    def evidence(self, acts: list[Act]) -> list[Act]:
        """The first acts that are enough, in the order in which they happened; none while they are not."""
        enough = sorted(acts, key=lambda act: (act.at, act.thing))[: self.needed]
        return enough if len(enough) == self.needed and len({act.other for act in acts}) >= self.others else []


class KeptForASeason(Definition):
    """One ritual, again and again, to which people came."""

    def evidence(self, acts: list[Act]) -> list[Act]:
        """Its first topic and the one that ended the season."""
        of_ritual: dict[int, list[Act]] = defaultdict(list)
        for act in sorted(acts, key=lambda act: (act.at, act.thing)):
            of_ritual[act.other].append(act)
        seasons = []
        for opened in of_ritual.values():
            beyond = [
                act for number, act in enumerate(opened) if number + 1 >= TIMES and act.at - opened[0].at >= SEASON
            ]
            seasons += [[opened[0], beyond[0]]] if beyond else []
        return min(seasons, key=lambda pair: (pair[1].at, pair[1].thing), default=[])


def soon_settled(people: Collection[int] | None) -> Iterable[Act]:
    return (act for act in settled(people) if act.waited <= WITHIN)


ALL: tuple[Definition, ...] = (
    Definition(
        BadgeKey.SETTLED_FIRST, "circle-check", lambda: _("A question settled"),
        lambda: _("A reply of theirs settled somebody else's question, for the first time."), settled, 1,
    ),
    Definition(
        BadgeKey.SETTLED_TEN, "lightbulb", lambda: _("Ten questions settled"),
        lambda: _("Replies of theirs settled ten questions, asked by five people at least."), settled, 10, 5,
    ),
    Definition(
        BadgeKey.WITHIN_A_DAY, "calendar-clock", lambda: _("There within a day"),
        lambda: _("Five times the reply that settled a question came from them within a day."), soon_settled, 5, 3,
    ),
    Definition(
        BadgeKey.NEWCOMERS_HEARD, "message-circle", lambda: _("Newcomers heard"),
        lambda: _("Five newcomers got the first reply to their first topic from them."), first_answers, 5, 5,
    ),
    Definition(
        BadgeKey.WELCOMED_TEN, "hand-heart", lambda: _("Ten newcomers welcomed"),
        lambda: _("They welcomed ten newcomers, each by name."), welcomed, 10, 10,
    ),
    KeptForASeason(
        BadgeKey.RITUAL_SEASON, "repeat", lambda: _("A ritual kept for a season"),
        lambda: _("A ritual of theirs brought people together again and again, for twelve weeks."), opened_by_rituals, 2,
    ),
)  # fmt: skip


def definition_of(key: str) -> Definition | None:
    return next((each for each in ALL if each.key == key), None)


def earned(people: Collection[int] | None = None) -> Earned:
    """What these people, or all, have earned by what stands here now. Six queries."""
    found: Earned = {}
    for each in ALL:
        acts: dict[tuple[int, int], list[Act]] = defaultdict(list)
        for act in each.acts(people):
            acts[act.person, act.sphere].append(act)
        for (person, sphere), theirs in acts.items():
            if evidence := each.evidence(theirs):
                found[person, each.key, sphere] = evidence
    return found
