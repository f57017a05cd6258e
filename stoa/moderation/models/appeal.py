"""The appeal: the author asks somebody else to look again; and what that somebody decided, which nothing changes."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.moderation.models.case import Case
from stoa.moderation.models.decision import Decision
from stoa.people.models import Person


class Appeals(models.QuerySet["Appeal"]):
    """How appeals are found."""

    def visible_to(self, actor: Actor) -> "Appeals":
        """One's own, and those of cases that one looks after."""
        return self.filter(Q(person_id=actor.person_id or 0) | Q(decision__case__in=Case.objects.visible_to(actor)))

    def open(self) -> "Appeals":
        return self.filter(ruling=None)


class Appeal(Row):
    """The author's words against a decision; once, within six months."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appeals")
    words = models.TextField(max_length=4000)
    at = models.DateTimeField(default=clock.now)

    objects = Appeals.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at", "id"], name="appeal_queue")]

    def __str__(self) -> str:
        return self.shown_id


class AppealDecision(Row):
    """What somebody else decided: upheld, the first decision was undone."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="ruling")
    upheld = models.BooleanField()
    reasons = models.TextField(max_length=4000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.shown_id
