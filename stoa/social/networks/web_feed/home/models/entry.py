"""An entry of a feed."""

from __future__ import annotations

import hashlib

from django.db import models
from django.urls import reverse

from stoa.base.rows import Row
from stoa.social.networks.web_feed.home.models.feed import Feed

SHOWN_IN_TITLE = 80


class Entries(models.QuerySet["Entry"]):
    def standing(self) -> Entries:
        """What has not been taken down."""
        return self.filter(gone_at__isnull=True)


class Entry(Row):
    """`key` is the sender's idempotency key, `marker` what a read-back looks for. Taking down empties the words."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    key = models.CharField(max_length=200, blank=True)
    marker = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = Entries.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "key"], condition=~models.Q(key=""), name="web_feed_one_entry_per_key"
            )
        ]
        indexes = [models.Index(fields=["feed", "-at", "-id"], name="web_feed_newest")]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def is_gone(self) -> bool:
        return self.gone_at is not None

    @property
    def tag(self) -> str:
        """The same for ever, and made of the key: who writes the same again has written the same entry."""
        what = hashlib.sha256(self.key.encode()).hexdigest()[:20] if self.key else self.shown_id
        return f"{self.feed.tag}/{what}"

    @property
    def heading(self) -> str:
        """What stands above it where something must: its title, else its first words, else what its pictures show."""
        words = " ".join((self.title or self.text or next((each.alt for each in self.pictures.all()), "")).split())
        if self.title or len(words) <= SHOWN_IN_TITLE:
            return words
        cut = words[: SHOWN_IN_TITLE - 1]
        return (cut.rpartition(" ")[0] or cut) + "…"

    def get_absolute_url(self) -> str:
        return reverse("web_feed:entry", kwargs={"handle": self.feed.handle, "entry_id": self.id})
