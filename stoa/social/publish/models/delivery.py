"""A delivery: the sending of one frozen text to one channel. The row is the truth; a worker only moves it on."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.work.rows import DueRow
from stoa.social.networks.models import Channel

PLANNED, SENDING, PUBLISHED, PENDING = "planned", "sending", "published", "pending"
UNKNOWN, REFUSED, STOPPED, HELD = "unknown", "refused", "stopped", "held"
ASKS, HANDED, WITHDRAWN = "asks", "handed", "withdrawn"
STATES = (
    PLANNED, SENDING, PUBLISHED, PENDING, UNKNOWN, REFUSED, STOPPED, HELD, ASKS, HANDED, WITHDRAWN,
)  # fmt: skip
MAY_BE_THERE = (SENDING, PENDING, UNKNOWN)
NOT_DONE = (
    "refused",
    "later",
    "not sent",
    "expired",
    "reconnect",
    "ready no more",
)  # outcomes of an attempt that prove that nothing was done
TROUBLED = (ASKS, REFUSED, STOPPED, UNKNOWN)
ROLES = ("post", "part", "comment")
QUESTIONS = ("", "ambiguous", "late", "missed", "partial", "forgotten")
TAKEDOWNS = ("", "asked", "gone", "stands", "unclear")


class Deliveries(models.QuerySet["Delivery"]):
    """How deliveries are found."""

    def visible_to(self, actor: Actor) -> "Deliveries":
        if actor.is_system or actor.may("publish.see"):
            return self
        return self.filter(channel__in=actor.scope_ids("channel", "publish.see"))

    def before(self, delivery: "Delivery") -> "Deliveries":
        """Those of the same channel that go first."""
        return self.filter(earlier_than(delivery), channel=delivery.channel_id)


class Delivery(DueRow):
    """`content` is frozen; `key` is chosen by us and the same in every attempt; `marker` is the code of its own link.

    `post` is what it is part of (None for an answer on the network, which says in `answers` which remote id it answers).
    `about_key`, `about_id`: what it was made from (material) or belongs to (a conversation). `late_after`: from then on a person
    is asked first. `question` says what is asked. `looks` counts read-backs since the outcome became unknown; before `quiet_at` (by
    the database's clock) its absence there proves nothing. `prepared`: what the network holds ready for it. `erased_at`: the author
    of its words has left, and the words with them.

    Of a post of several parts each is a delivery: `part` is its place, `follows` the one that must be there first. Until then it has
    neither `due_at` nor `answers`. A first comment (`role`) follows the first part.
    """

    post = models.ForeignKey("publish.Post", null=True, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="deliveries")
    about_key = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    content = models.JSONField()
    request_hash = models.CharField(max_length=64)
    key = models.CharField(max_length=40, unique=True)
    marker = models.CharField(max_length=20, blank=True)
    answers = models.CharField(max_length=500, blank=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    part = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=7, default="post", choices=[(each, each) for each in ROLES])
    made_at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True, db_index=True)
    planned_for = models.DateTimeField()
    late_after = models.DateTimeField()
    state = models.CharField(max_length=9, default=PLANNED, choices=[(each, each) for each in STATES])
    since = models.DateTimeField(default=clock.now)
    reason = models.CharField(max_length=300, blank=True)
    mend = models.CharField(max_length=300, blank=True)
    question = models.CharField(max_length=9, blank=True, choices=[(each, each) for each in QUESTIONS])
    held_by = models.CharField(max_length=6, blank=True)
    looks = models.PositiveSmallIntegerField(default=0)
    quiet_at = models.DateTimeField(null=True)
    handle = models.CharField(max_length=500, blank=True)
    prepared = models.CharField(max_length=500, blank=True)
    remote_id = models.CharField(max_length=500, blank=True)
    remote_version = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    takedown = models.CharField(max_length=7, blank=True, choices=[(each, each) for each in TAKEDOWNS])
    takedown_reason = models.CharField(max_length=300, blank=True)
    takedown_answer = models.CharField(max_length=300, blank=True)
    takedown_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = Deliveries.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="delivery_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PUBLISHED) | Q(published_at__isnull=False), name="published_has_instant"
            ),
            models.CheckConstraint(condition=~Q(state=ASKS) | ~Q(question=""), name="asks_has_question"),
            models.CheckConstraint(
                condition=Q(role="post", follows__isnull=True) | Q(role__in=("part", "comment"), follows__isnull=False),
                name="what_follows_says_as_what",
            ),
            models.UniqueConstraint(
                fields=["channel", "remote_id"], condition=~Q(remote_id=""), name="remote_post_claimed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due"),
            models.Index(fields=["channel", "state", "planned_for"], name="delivery_order"),
            models.Index(fields=["about_key", "about_id"], name="delivery_about"),
            models.Index(fields=["state", "since"], name="delivery_state"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"

    @property
    def text(self) -> str:
        return str(self.content.get("text", ""))

    @property
    def words(self) -> str:
        """What it says, or why it says nothing any more: for the screen."""
        return _("Erased at the author's request.") if self.erased_at else self.text

    @property
    def is_waiting(self) -> bool:
        """Its turn has not come: the part before it is not there."""
        return self.state == PLANNED and self.follows_id is not None and self.due_at is None

    @property
    def is_published(self) -> bool:
        return self.state == PUBLISHED

    @property
    def network_id(self) -> str:
        """By what the network itself knows it; empty where only the address that a person pasted names it: the network may know such a
        name as nothing at all, which would be taken for *gone*."""
        if not self.remote_id:
            return ""
        said = self.attempts.filter(outcome="published").order_by("-number").values_list("kind", flat=True)
        return "" if said.first() == "person" else self.remote_id

    @property
    def may_be_there(self) -> bool:
        """Whether the network may have it without our knowing."""
        return self.state in MAY_BE_THERE or (self.state == ASKS and self.question == "ambiguous")

    @property
    def was_unclear(self) -> bool:
        """Whether a try to send it ended so that the network may have it, whatever was found out since."""
        return self.attempts.filter(kind="send").exclude(outcome__in=NOT_DONE).exists()

    def is_late(self, now: datetime) -> bool:
        return now > self.late_after


def earlier_than(delivery: Delivery) -> Q:
    return Q(planned_for__lt=delivery.planned_for) | Q(planned_for=delivery.planned_for, id__lt=delivery.id)


def visible_deliveries(actor: Actor, numbers: Any) -> Deliveries:
    return Delivery.objects.visible_to(actor).filter(id__in=numbers).select_related("channel")
