"""The mail outbox: letters written in actions, sent by the worker."""

from django.db import models

from stoa.base import clock
from stoa.base.work.rows import DueRow


class Letter(DueRow):
    """One mail to one reader: a person (whose address is looked up when it is sent) or a bare address.

    `thing_key`, `thing_id` name what it is about: who may not see that any more when it is sent does not get it.
    """

    STATES = ("waiting", "sent", "kept", "stopped", "refused")
    # waiting: due · sent: the mail server took it · kept: there is no mail server, it stays here to be read ·
    # stopped: its reader may not have it any more · refused: the mail server said no for good

    person_id = models.BigIntegerField(null=True, db_index=True)
    address = models.EmailField(blank=True, db_index=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    thing_key = models.CharField(max_length=40, blank=True)
    thing_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, default="waiting", choices=[(each, each) for each in STATES])
    at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person_id__isnull=False) | ~models.Q(address=""), name="letter_has_a_reader"
            )
        ]
        indexes = [models.Index(fields=["due_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_id}"
