"""What the goal's page reads: progress, the last weeks, what was counted lately. A fixed number of queries."""

from dataclasses import dataclass

from django.utils.dateformat import format as date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stoa.base import cursors
from stoa.base.actors import Actor
from stoa.base.charts import Bar, bars
from stoa.base.cursors import Page
from stoa.community.gather import policy
from stoa.community.gather.models import Contribution
from stoa.community.gather.progress import GoalProgress, by_week, goal_progress

PAGE = 20
WEEKS = 8


@dataclass(frozen=True)
class GoalPage:
    """The goal as one reader sees it; `own` are the ids of what they may take back."""

    progress: GoalProgress | None
    weeks: SafeString
    contributions: list[Contribution]
    own: frozenset[int]
    next: str
    may_count: bool
    may_set: bool

    @classmethod
    def of(cls, actor: Actor, before: str = "") -> "GoalPage":
        progress = goal_progress()
        counted = latest(actor, progress, before)
        return cls(
            progress,
            drawn(progress) if progress else SafeString(""),
            counted.rows,
            frozenset(row.id for row in counted.rows if policy.may_withdraw_contribution(actor, row)),
            counted.next,
            may_count=progress is not None and policy.may_count(actor),
            may_set=policy.may_set_goal(actor),
        )


def latest(actor: Actor, progress: GoalProgress | None, before: str) -> Page[Contribution]:
    if progress is None:
        return Page([], "")
    rows = Contribution.objects.visible_to(actor).counted().filter(goal_id=progress.goal_id)
    return cursors.page(rows.select_related("by"), "counted_at", before, size=PAGE)


def drawn(progress: GoalProgress) -> SafeString:
    """The last weeks as bars."""
    weeks = [Bar(date_format(monday, "j M"), count) for monday, count in by_week(progress.goal_id, WEEKS)]
    return bars(_("Week by week"), weeks, note=_("By the Monday with which each week began."), wing="community")
