"""Hearings: one row for each durable subscriber of a fact, deleted when heard, kept with its trouble when not."""

from django.db import models

from stoa.base.models.fact import FactRow
from stoa.base.work.rows import DueRow


class Hearing(DueRow):
    """A fact that a subscriber has yet to hear."""

    fact = models.ForeignKey(FactRow, on_delete=models.CASCADE, related_name="hearings")
    subscriber = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "subscriber"], name="hearing_once")]
        indexes = [models.Index(fields=["due_at"], name="hearing_due")]

    def __str__(self) -> str:
        return f"{self.subscriber} hears {self.fact_id}"
