"""A picture that was stored, waiting for its entry or shown with it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from stoa.base.rows import Row
from stoa.social.networks.web_feed.home.models.entry import Entry
from stoa.social.networks.web_feed.home.models.feed import Feed


class Picture(Row):
    """`place` is its position in the entry; `size` is in bytes."""

    owner = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="pictures")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="pictures")
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
        return reverse("web_feed:picture", kwargs={"picture_id": self.id})
