"""A picture that was stored on Plaza, waiting for its post or shown with it."""

from __future__ import annotations

from django.db import models

from stoa.base.rows import Row
from stoa.social.networks.plaza.home.models.account import Account
from stoa.social.networks.plaza.home.models.post import Post


class Picture(Row):
    """`place` is its position in the post; the picture of a link card has `is_card`. A video is one too, by its `mime`."""

    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="pictures")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, blank=True, related_name="pictures")
    stored = models.CharField(max_length=120)
    mime = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    is_card = models.BooleanField(default=False)

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def is_video(self) -> bool:
        return self.mime.startswith("video/")
