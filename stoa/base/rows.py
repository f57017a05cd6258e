"""What every table of ours shares: an id of our own, known before the insert."""

from django.db import models

from stoa.base import ids


class Row(models.Model):
    """The base of all models."""

    id = models.BigIntegerField(primary_key=True, default=ids.new, editable=False)

    class Meta:
        abstract = True

    @property
    def shown_id(self) -> str:
        """The id as addresses and programs show it."""
        return ids.shown(self.id)
