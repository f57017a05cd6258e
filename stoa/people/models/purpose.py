"""The purpose: what the community is for, in one sentence."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.base.standing_queries import first, standing

ONLY = 1


class Purpose(Row):
    """There is at most one."""

    id = models.BigIntegerField(primary_key=True, default=ONLY, editable=False)
    sentence = models.CharField(max_length=300)
    changed_at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True, db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=ONLY), name="purpose_is_one")]

    def __str__(self) -> str:
        return self.sentence


def purpose() -> str:
    """The sentence, or nothing while nobody has written one."""
    found = first(standing(the_only))
    return found.sentence if found else ""


def the_only() -> "models.QuerySet[Purpose]":
    return Purpose.objects.filter(pk=ONLY).order_by("pk")[:1]
