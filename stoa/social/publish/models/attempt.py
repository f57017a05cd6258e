"""An attempt: one try to prepare, send, look up, correct or take down. Written before a byte leaves, closed once, never changed."""

from django.db import models

from stoa.base.rows import Row
from stoa.social.publish.models.delivery import Delivery

KINDS = ("prepare", "send", "hand", "look", "edit", "take_down", "person")


class Attempt(Row):
    """`fence` is the claim that it was made under: one claim makes at most one attempt. `outcome` is empty until it ended;
    `evidence` is what the network said, without anything that opens the account. `cost`: what the network takes for it, in its currency
    (None: nothing)."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=[(each, each) for each in KINDS])
    fence = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    request_hash = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    cost = models.DecimalField(max_digits=10, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["delivery", "fence"], condition=~models.Q(kind="person"), name="attempt_once_a_claim"
            ),
        ]
        ordering = ["delivery", "number"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
