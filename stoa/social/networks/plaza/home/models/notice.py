"""Somebody answered an account, or spoke of it. The ids are the cursor."""

from __future__ import annotations

from django.db import models

from stoa.base.rows import Row
from stoa.social.networks.plaza.home.models.account import Account
from stoa.social.networks.plaza.home.models.post import Post


class Notice(Row):
    class Kind(models.TextChoices):
        REPLY = "reply"
        MENTION = "mention"

    to = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=7, choices=Kind.choices)

    class Meta:
        indexes = [models.Index(fields=["to", "id"])]
        constraints = [models.UniqueConstraint(fields=["to", "post"], name="plaza_one_notice_per_post")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_id}"
