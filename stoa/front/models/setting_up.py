"""What was typed at set-up before it was finished. There is at most one; the beginning replaces it."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.rows import Row
from stoa.front.models.beginning import ONLY


class SettingUp(Row):
    """Fields of the form, as they were typed."""

    id = models.BigIntegerField(primary_key=True, default=ONLY, editable=False)
    typed = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=ONLY), name="setting_up_is_one")]

    @classmethod
    def typed_so_far(cls) -> dict[str, str]:
        """Empty before anything was typed."""
        row = cls.objects.first()
        return dict(row.typed) if row else {}

    def __str__(self) -> str:
        return "set-up"
