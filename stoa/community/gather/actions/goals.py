"""The community's goal, and counting towards it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.gather import policy
from stoa.community.gather.days import today_here
from stoa.community.gather.facts import ContributionCounted, ContributionWithdrawn, GoalSet
from stoa.community.gather.models import Contribution, Goal

MOST_OF_ONE = 50  # a member counts what they did themselves; more at once is for staff
MOST = 1_000_000


def set_goal(*, sentence: str, number: int, unit: str, by: Actor, anew: bool = False) -> Goal:
    """Sets the goal, or rewords the current one, whose count stays. With `anew` the current one ends and counting begins at nought."""
    if not policy.may_set_goal(by):
        raise NotAllowed(_("You may not set the goal."))
    if not sentence.strip():
        raise Invalid(_("Say in one sentence what you want to reach."), field="sentence")
    if not 1 <= number <= MOST * 1000:
        raise Invalid(_("A goal needs a number above nought."), field="number")
    if not unit.strip():
        raise Invalid(_("Say what is counted."), field="unit")
    with transaction.atomic():
        current = Goal.objects.current().select_for_update().first()
        if current and anew:
            Goal.objects.filter(id=current.id).update(state=Goal.State.ENDED)
        goal = current if current and not anew else Goal()
        goal.sentence, goal.number, goal.unit = sentence.strip()[:300], number, unit.strip()[:60]
        goal.set_at, goal.set_by_id = clock.now(), by.person_id
        goal.save()
        announce(GoalSet(goal.id, number), by=by)
    return goal


def count_contribution(number: int, *, by: Actor, note: str = "", day: date | None = None) -> Contribution:
    """Counts so many towards the current goal, on a day that is not to come (default today)."""
    if not policy.may_count(by):
        raise NotAllowed(_("Members count what they did."), _("Join first."))
    most = MOST if policy.may_count_for_all(by) else MOST_OF_ONE
    if not 1 <= number <= most:
        raise Invalid(_("Count between 1 and %(most)s at once.") % {"most": most}, field="number")
    if day and day > today_here():
        raise Invalid(_("That day has not come yet."), field="day")
    with transaction.atomic():
        goal = Goal.objects.current().first()
        if goal is None:
            raise NotPossible(_("There is no goal to count towards."), _("The team sets one."))
        contribution = Contribution.objects.create(
            goal=goal, number=number, day=day or today_here(), note=note.strip()[:200],
            by_id=by.person_id, counted_at=clock.now(),
        )  # fmt: skip
        announce(ContributionCounted(contribution.id, goal.id, number), by=by)
    return contribution


def withdraw_contribution(contribution: Contribution, *, by: Actor) -> None:
    """What was counted by mistake counts no more."""
    if not policy.may_withdraw_contribution(by, contribution):
        raise NotAllowed(_("You did not count this."), _("Who counted it, or the team, can take it back."))
    with transaction.atomic():
        counted = Contribution.objects.counted().filter(id=contribution.id)
        if counted.update(state=Contribution.State.WITHDRAWN):
            announce(ContributionWithdrawn(contribution.id, contribution.goal_id, contribution.number), by=by)
