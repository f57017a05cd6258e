"""Somebody who gets a newsletter, or got it once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from stoa.base.rows import Row
from stoa.social.networks.newsletter.home.addresses import digests_of
from stoa.social.networks.newsletter.home.models.brought import Brought
from stoa.social.networks.newsletter.home.models.newsletter import Newsletter

SUBSCRIBED, ENDED = "subscribed", "ended"
UNSUBSCRIBED, BOUNCED, COMPLAINED, REMOVED, ERASED = "unsubscribed", "bounced", "complained", "removed", "erased"
REASONS = (UNSUBSCRIBED, BOUNCED, COMPLAINED, REMOVED, ERASED)
CONFIRMED, PROVEN, ATTESTED = "confirmed", "proven", "attested"
# confirmed: by the link in a letter to that address · proven: a member, at the address of their account · attested: by who brought them


class Subscribers(models.QuerySet["Subscriber"]):
    def subscribed(self) -> Subscribers:
        return self.filter(state=SUBSCRIBED)

    def known_as(self, address: str) -> Subscribers:
        """Whoever has or had this address: it is known again when it was forgotten."""
        return self.filter(Q(digest__in=digests_of(address)) | Q(address=address))


class Subscriber(Row):
    """Nothing stands here before somebody has agreed. Who ended it is kept by `digest` alone, so that no list brings them back; the
    address of one that bounced stays, to be seen and mended."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="subscribers")
    digest = models.CharField(max_length=64, db_index=True)
    address = models.EmailField(blank=True, db_index=True)
    language = models.CharField(max_length=35, blank=True)
    state = models.CharField(max_length=10, choices=[(each, each) for each in (SUBSCRIBED, ENDED)], default=SUBSCRIBED)
    consent = models.CharField(max_length=9, choices=[(each, each) for each in (CONFIRMED, PROVEN, ATTESTED)])
    brought = models.ForeignKey(Brought, on_delete=models.SET_NULL, null=True, blank=True, related_name="subscribers")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=12, blank=True, choices=[(each, each) for each in REASONS])

    objects = Subscribers.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "digest"], name="newsletter_one_per_address"),
            models.CheckConstraint(
                condition=Q(state=SUBSCRIBED, ended_at=None, ended_because="") & ~Q(address="")
                | Q(state=ENDED, ended_at__isnull=False) & ~Q(ended_because=""),
                name="newsletter_subscribed_or_ended",
            ),
        ]
        indexes = [models.Index(fields=["newsletter", "state", "-since", "-id"], name="newsletter_list")]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def is_subscribed(self) -> bool:
        return self.state == SUBSCRIBED
