"""A list that somebody brought along, and what they said of its consent."""

from __future__ import annotations

from django.db import models

from stoa.base.rows import Row
from stoa.social.networks.newsletter.home.models.newsletter import Newsletter


class Brought(Row):
    """`statement`: where and how these people agreed, in the words of who brought them; `by_id` who that was, until they leave."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="brought")
    statement = models.CharField(max_length=1000)
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.shown_id
