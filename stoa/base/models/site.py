"""The organisation that this installation belongs to: one row."""

from django.db import models

from stoa.base.rows import Row
from stoa.base.standing_queries import first, standing

ONLY = 1


class Site(Row):
    """The organisation: its name, its zone (for calendar and numbers) and its language. There is exactly one.

    While `paused_reason` says something, nothing leaves this house: after a restore, what is due may have been sent already.
    """

    id = models.BigIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(max_length=80, default="Stoa")
    zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=12, default="en")
    set_up_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    paused_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=ONLY), name="site_is_one")]

    def __str__(self) -> str:
        return self.name


def site() -> Site:
    """The organisation's row; an unsaved default before set-up."""
    return first(standing(_only, number=ONLY)) or Site()


def _only(*, number: int) -> "models.QuerySet[Site]":
    return Site.objects.filter(pk=number)
