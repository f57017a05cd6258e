"""A correction: other words for what is out already. What stood before is kept, so that history shows the difference."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.rows import Row
from stoa.social.publish.models.delivery import Delivery

ASKED, DONE, REFUSED, UNCLEAR = "asked", "done", "refused", "unclear"
CORRECTION_STATES = (ASKED, DONE, REFUSED, UNCLEAR)


class Corrections(models.QuerySet["Correction"]):
    """How corrections are found."""

    def asked(self) -> "Corrections":
        return self.filter(state=ASKED)


class Correction(Row):
    """`words` as they were typed; `before` and `content`: what was frozen and what takes its place once it is `done`. `is_by_hand`: a
    person corrected it there and said so. `looks` counts read-backs since the outcome of the edit became unknown."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="corrections")
    words = models.TextField(blank=True, max_length=10_000)
    before = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    request_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=7, default=ASKED, choices=[(each, each) for each in CORRECTION_STATES])
    is_by_hand = models.BooleanField(default=False)
    answer = models.CharField(max_length=300, blank=True)
    mend = models.CharField(max_length=300, blank=True)
    looks = models.PositiveSmallIntegerField(default=0)
    by_id = models.BigIntegerField(null=True, db_index=True)
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = Corrections.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CORRECTION_STATES), name="correction_state_known"),
            models.UniqueConstraint(fields=["delivery"], condition=Q(state=ASKED), name="correction_one_at_a_time"),
        ]
        ordering = ["delivery", "id"]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"
