"""The decision, which nothing changes once it is written (the database refuses), its statement of reasons, and what it restricts."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.work.rows import DueRow
from stoa.moderation.facts import Outcome
from stoa.moderation.models.case import Case
from stoa.moderation.models.guideline import Clause
from stoa.people.models import Person
from stoa.spaces.models import SpaceRestriction
from stoa.spaces.visibility import readable

if TYPE_CHECKING:
    from datetime import datetime

LASTING = tuple(each.value for each in Outcome if each.lasts)
APPEAL_WITHIN = timedelta(days=183)


class Decisions(models.QuerySet["Decision"]):
    """How decisions are found."""

    def visible_to(self, actor: Actor) -> "Decisions":
        """The author's own, and those of cases that one looks after."""
        own = Q(case__author_id=actor.person_id) if actor.person_id else Q(pk=None)
        return self.filter(own | Q(case__in=Case.objects.visible_to(actor)))

    def in_log_of(self, actor: Actor) -> "Decisions":
        """What the public log shows: all but those of closed spaces that one does not read."""
        open_to_all = Q(case__space=None) | Q(case__space__visibility__in=("public", "members"))
        return self.filter(open_to_all | readable(actor, "case__space"))


class Decision(Row):
    """What was decided of a case, by which clause and why. `hid`: whether it took the thing out of sight, so that undoing is exact."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Outcome])
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField(max_length=4000)
    relied_on = models.TextField(max_length=4000, blank=True)
    hid = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = Decisions.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="decision_log")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=LASTING, until__isnull=False) | (~Q(outcome__in=LASTING) & Q(until=None)),
                name="restricted_until",
            ),
            models.CheckConstraint(condition=~Q(outcome="keep") | Q(hid=False), name="what_is_kept_is_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.shown_id}"

    @property
    def address(self) -> str:
        """The author's page of it."""
        return f"/statements/{self.shown_id}/"

    @property
    def restricts(self) -> bool:
        return self.outcome != Outcome.KEEP.value

    @property
    def is_within(self) -> bool:
        """Whether it restricts its author in the space of its case alone."""
        return Outcome(self.outcome).is_within

    @property
    def appeal_until(self) -> "datetime":
        return self.at + APPEAL_WITHIN


class Statement(Row):
    """The statement of reasons to the author, frozen with the decision: the fields of article 17 of the EU's Digital Services Act.

    `content`: see `stoa.moderation.statements`.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="statement")
    content = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.shown_id


class Restriction(DueRow):
    """A suspension, due when it ends. `before_until` and `was_suspended`: how the person stood, so that undoing is exact. Where it holds
    `within` one space, it is kept there too."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="restriction")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    starts_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    within = models.OneToOneField(SpaceRestriction, null=True, on_delete=models.PROTECT, related_name="decided")
    was_suspended = models.BooleanField(default=False)
    before_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="restriction_due")]

    def __str__(self) -> str:
        return self.shown_id
