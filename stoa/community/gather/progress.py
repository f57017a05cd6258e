"""How far the community is with its goal. The front page, the goal's page and the desk read it here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from stoa.base.standing_queries import first, standing
from stoa.community.gather.days import monday_of, today_here
from stoa.community.gather.models import Contribution, Goal


@dataclass(frozen=True)
class GoalProgress:
    """`so_far` of `number` `unit`; `this_week` counts days since Monday, in the organisation's zone."""

    goal_id: int
    sentence: str
    number: int
    unit: str
    so_far: int
    this_week: int

    @property
    def address(self) -> str:
        return "/goal/"

    @property
    def is_reached(self) -> bool:
        return self.so_far >= self.number


def goal_progress() -> GoalProgress | None:
    """Of the current goal; None when there is none. Two queries."""
    goal = first(standing(current_goal))
    if goal is None:
        return None
    counted = Contribution.objects.counted().filter(goal=goal)
    sums = counted.aggregate(
        so_far=Sum("number", default=0), this_week=Sum("number", filter=Q(day__gte=monday_of(today_here())), default=0)
    )
    return GoalProgress(goal.id, goal.sentence, goal.number, goal.unit, sums["so_far"], sums["this_week"])


def current_goal() -> QuerySet[Goal]:
    return Goal.objects.current().order_by("id")[:1]


def by_week(goal_id: int, weeks: int) -> list[tuple[date, int]]:
    """The last `weeks` weeks, oldest first, each by its Monday with what was counted in it. One query."""
    last = monday_of(today_here())
    first = date.fromordinal(last.toordinal() - 7 * (weeks - 1))
    rows = Contribution.objects.counted().filter(goal_id=goal_id, day__gte=first).values_list("day", "number")
    found = {date.fromordinal(first.toordinal() + 7 * week): 0 for week in range(weeks)}
    for day, number in rows:
        found[monday_of(day)] = found.get(monday_of(day), 0) + number
    return sorted(found.items())
