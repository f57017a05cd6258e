"""Ticks: clock work, unique by name and instant, so that any number of workers run each once."""

from django.db import models

from stoa.base.work.rows import DueRow


class Tick(DueRow):
    """One instant of one piece of clock work. Done when `due_at` is empty."""

    name = models.CharField(max_length=60)
    instant = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "instant"], name="tick_once")]
        indexes = [models.Index(fields=["due_at"], name="tick_due")]

    def __str__(self) -> str:
        return f"{self.name} at {self.instant:%Y-%m-%d %H:%M:%S}"
