"""A picture that was stored, waiting for its issue or sent with it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from stoa.base.rows import Row
from stoa.social.networks.newsletter.home.models.issue import Issue
from stoa.social.networks.newsletter.home.models.newsletter import Newsletter


class Picture(Row):
    """`place` is its position in the issue; `size` is in bytes."""

    owner = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="pictures")
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, null=True, blank=True, related_name="pictures")
    stored = models.CharField(max_length=120, db_index=True)
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.shown_id

    def get_absolute_url(self) -> str:
        return reverse("newsletter:picture", kwargs={"picture_id": self.id})
