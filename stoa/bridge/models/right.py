"""The usage right: a member's consent to their words or pictures being used; and its ledger, to which rows are only added."""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.things import Reference
from stoa.bridge.days import shown_day
from stoa.community.talk.models import Reply, Topic
from stoa.people.models import Person
from stoa.spaces.visibility import readable

REQUESTED, GRANTED, NARROWED = "requested", "granted", "narrowed"
DECLINED, WITHDRAWN, EXPIRED = "declined", "withdrawn", "expired"
STATES = (REQUESTED, GRANTED, NARROWED, DECLINED, WITHDRAWN, EXPIRED)
VALID = (GRANTED, NARROWED)
CAUSES = ("", "author", "decision", "withdrawn", "moved", "erased")
SEEN_WITH = "bridge.ask_use"
LONGEST_CREDIT = 120


class UsageRights(models.QuerySet["UsageRight"]):
    """How usage rights are found."""

    def visible_to(self, actor: Actor) -> "UsageRights":
        """Those for one's own words; for those who ask, all whose space they may read."""
        own = Q(author=actor.person_id) if actor.person_id else Q(pk=None)
        if actor.may(SEEN_WITH):
            return self.filter(own | readable(actor, "topic__space", author="author_id"))
        return self if actor.is_system else self.filter(own)

    def of(self, actor: Actor) -> "UsageRights":
        """Those for one's own words."""
        return self.filter(author=actor.person_id) if actor.person_id else self.none()

    def granted(self) -> "UsageRights":
        """Those whose author has agreed; whether each holds now says `is_valid`."""
        return self.filter(state__in=VALID)

    def with_all(self) -> "UsageRights":
        """With what a line of a list draws."""
        return self.select_related("topic__space", "reply__topic", "author", "asked_by")


class UsageRight(Row):
    """What was asked of whom about which words, and what they granted.

    `words`, `pictures`, `channels` (ids; empty = any of ours), `credit` and `until` are the terms as they stand: those asked for
    until the author answers, then those that the author granted. `content_hash` is of the source text at that time: edited
    afterwards, one asks again. `asked_text` is the sentence that the author was shown, `cause` what ended it.
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="usage_rights")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.PROTECT, related_name="usage_rights")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="usage_rights")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    purpose = models.CharField(max_length=300, blank=True)
    asked_text = models.TextField(blank=True, max_length=4000)
    words = models.TextField(blank=True, max_length=10_000)
    is_whole = models.BooleanField(default=True)
    pictures = models.BooleanField(default=False)
    channels = models.JSONField(default=list, blank=True)
    credit = models.CharField(max_length=LONGEST_CREDIT, blank=True)
    until = models.DateTimeField()
    state = models.CharField(max_length=9, default=REQUESTED, choices=[(each, each) for each in STATES])
    since = models.DateTimeField(default=clock.now)
    cause = models.CharField(max_length=9, blank=True, choices=[(each, each) for each in CAUSES])
    content_hash = models.CharField(max_length=64)

    objects = UsageRights.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="usage_right_state_known"),
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(reply=None, state__in=(REQUESTED, *VALID)),
                name="usage_right_one_living_topic",
            ),
            models.UniqueConstraint(
                fields=["reply"], condition=Q(state__in=(REQUESTED, *VALID)), name="usage_right_one_living_reply"
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-id"], name="usage_right_author"),
            models.Index(fields=["state", "-id"], name="usage_right_state"),
            models.Index(fields=["state", "until"], name="usage_right_until"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"

    @property
    def subject(self) -> Topic | Reply:
        """The topic or reply whose words these are."""
        return self.reply or self.topic

    @property
    def reference(self) -> Reference:
        return ("talk.reply", self.reply_id) if self.reply_id else ("talk.topic", self.topic_id)

    @property
    def is_open(self) -> bool:
        return self.state == REQUESTED

    @property
    def is_granted(self) -> bool:
        return self.state in VALID

    def is_valid(self, now: datetime) -> bool:
        """Whether it holds at this instant, whatever the clock work has come to."""
        return self.is_granted and now < self.until

    @property
    def is_as_agreed(self) -> bool:
        """Whether the text is still the one that the author was asked about."""
        return hash_of_source(self.subject.source) == self.content_hash

    @property
    def last_day(self) -> str:
        """The day until whose end it holds, as people read it."""
        return shown_day(self.until)

    @property
    def address(self) -> str:
        """The author's page of it."""
        return reverse("bridge:story", kwargs={"right_id": self.id})

    @property
    def terms(self) -> dict[str, Any]:
        """What was agreed, as plain values."""
        return {
            "subject": list(self.reference), "words": self.words, "pictures": self.pictures, "channels": sorted(self.channels),
            "credit": self.credit, "until": self.until.isoformat(), "purpose": self.purpose, "content": self.content_hash,
            "shown": self.asked_text,
        }  # fmt: skip

    def covers(self, channel_id: int) -> bool:
        return not self.channels or channel_id in self.channels


class UsageRightEvent(Row):
    """One line of the ledger: what happened, by whom, when, and the digest of the terms and of the sentence shown. Never changed."""

    right = models.ForeignKey(UsageRight, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=9, choices=[(each, each) for each in STATES])
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(default=clock.now)
    terms_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["right", "number"], name="usage_right_event_once")]
        ordering = ["right", "number"]

    def __str__(self) -> str:
        return f"{self.what} {self.right_id}"


def hash_of_source(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def hash_of_terms(terms: dict[str, Any]) -> str:
    plain = json.dumps(terms, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def visible_rights(actor: Actor, numbers: Collection[int]) -> UsageRights:
    return UsageRight.objects.visible_to(actor).filter(id__in=numbers).with_all()


def rights_of(references: Sequence[Reference]) -> Q:
    """The condition on rights for these topics (with their replies) and replies."""
    topics = [number for key, number in references if key == "talk.topic"]
    replies = [number for key, number in references if key == "talk.reply"]
    return Q(topic__in=topics) | Q(reply__in=replies)
