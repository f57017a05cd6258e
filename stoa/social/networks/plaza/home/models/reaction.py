"""What readers do with a post: like it, repost it, see it."""

from __future__ import annotations

from django.db import models

from stoa.base.rows import Row
from stoa.social.networks.plaza.home.models.account import Account
from stoa.social.networks.plaza.home.models.post import Post


class Reaction(Row):
    class Kind(models.TextChoices):
        LIKE = "like"
        REPOST = "repost"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reactions")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "post", "kind"], name="plaza_one_reaction_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.post_id}"


class Sighting(Row):
    """One reader saw one post. `reader` is a keyed hash that changes every day: nobody can be followed by it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="sightings")
    reader = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "reader"], name="plaza_one_sighting_per_reader")]

    def __str__(self) -> str:
        return f"seen {self.post_id}"
