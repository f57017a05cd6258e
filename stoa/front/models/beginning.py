"""How this place began: what was answered at set-up. There is at most one."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.rows import Row

ONLY = 1
WINGS = ("both", "community", "social")


class Beginning(Row):
    """Whom it is for, what they share, what they need; whether one person or a team runs it, and which wings it uses."""

    id = models.BigIntegerField(primary_key=True, default=ONLY, editable=False)
    whom = models.CharField(max_length=120)
    share = models.CharField(max_length=120)
    need = models.CharField(max_length=120)
    is_team = models.BooleanField(default=False)
    wings = models.CharField(max_length=9, default="both", choices=[(each, each) for each in WINGS])
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=ONLY), name="beginning_is_one")]

    def __str__(self) -> str:
        return self.whom
