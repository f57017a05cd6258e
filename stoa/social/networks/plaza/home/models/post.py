"""A post on Plaza, or an answer to one."""

from __future__ import annotations

from django.db import models

from stoa.base.rows import Row
from stoa.social.networks.plaza.home.models.account import Account


class Posts(models.QuerySet["Post"]):
    def standing(self) -> Posts:
        """What has not been taken down."""
        return self.filter(taken_down_at__isnull=True)

    def with_counts(self) -> Posts:
        """Each with its numbers of likes, reposts and standing answers, without a query per post."""
        standing = models.Count("answers", filter=models.Q(answers__taken_down_at__isnull=True), distinct=True)
        return self.annotate(
            likes=models.F("crowd_likes") + reactions_of("like"),
            reposts=models.F("crowd_reposts") + reactions_of("repost"),
            replies=models.F("crowd_replies") + standing,
        )


def reactions_of(kind: str) -> models.Count:
    return models.Count("reactions", filter=models.Q(reactions__kind=kind), distinct=True)


class Post(Row):
    """`key` is the sender's idempotency key, `marker` what a read-back looks for. Taking down empties the text.

    The `crowd_` columns count readers whom Plaza does not name one by one (the demo's year before today).
    """

    author = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    text = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    link = models.CharField(max_length=2000, blank=True)
    card_title = models.CharField(max_length=300, blank=True)
    card_description = models.CharField(max_length=1000, blank=True)
    answered = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answers")
    root = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="thread")
    key = models.CharField(max_length=200, blank=True)
    marker = models.CharField(max_length=200, blank=True)
    reach = models.PositiveIntegerField(default=0)
    crowd_likes = models.PositiveIntegerField(default=0)
    crowd_reposts = models.PositiveIntegerField(default=0)
    crowd_replies = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = Posts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "key"], condition=~models.Q(key=""), name="plaza_one_post_per_key"
            )
        ]
        indexes = [models.Index(fields=["author", "marker"]), models.Index(fields=["author", "-at"])]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def is_taken_down(self) -> bool:
        return self.taken_down_at is not None
