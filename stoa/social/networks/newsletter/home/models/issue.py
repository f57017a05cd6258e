"""An issue of a newsletter: what is sent, and how far the sending is."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from stoa.base.work.rows import DueRow
from stoa.social.networks.newsletter.home.models.newsletter import Newsletter

SENDING, SENT, STOPPED = "sending", "sent", "stopped"


class Issues(models.QuerySet["Issue"]):
    def standing(self) -> Issues:
        """What has not been taken down."""
        return self.filter(gone_at__isnull=True)


class Issue(DueRow):
    """The due row is the sending as a whole: each turn of it carries as many mails as a minute has room for. `key` is the sender's
    idempotency key, `marker` what a read-back looks for; `stopped`: taken back half-way. Taking down empties the words."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="issues")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    key = models.CharField(max_length=200, blank=True)
    marker = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=[(each, each) for each in (SENDING, SENT, STOPPED)], default=SENDING)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = Issues.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "key"], condition=~models.Q(key=""), name="newsletter_one_issue_per_key"
            )
        ]
        indexes = [
            models.Index(fields=["newsletter", "-at", "-id"], name="newsletter_issues"),
            models.Index(fields=["due_at"], name="newsletter_due"),
        ]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def is_gone(self) -> bool:
        return self.gone_at is not None

    @property
    def heading(self) -> str:
        """The subject: its title, else what its pictures show, else the newsletter's name."""
        shown = next((each.alt for each in self.pictures.all() if each.alt.strip()), "")
        return " ".join((self.title or shown or self.newsletter.name).split())[:200]

    def get_absolute_url(self) -> str:
        return reverse("newsletter:issue", kwargs={"handle": self.newsletter.handle, "issue_id": self.id})
