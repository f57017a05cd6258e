"""A post: what we publish; its variants: its form for one channel each."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person
from stoa.social.networks.models import Channel
from stoa.social.publish.models.delivery import Delivery
from stoa.social.publish.parting import name_of

STATES = ("draft", "planned", "withdrawn")


class Posts(models.QuerySet["Post"]):
    """How posts are found."""

    def visible_to(self, actor: Actor) -> "Posts":
        """All for whoever may see posts in the whole site; else those that go to a channel of theirs, and their own."""
        if actor.is_system or actor.may("publish.see"):
            return self
        seen = actor.scope_ids("channel", "publish.see")
        if actor.person_id is None or not seen:
            return self.none()
        own = Q(id__in=Variant.objects.filter(channel__in=seen).values("post"))
        return self.filter(own | Q(by=actor.person_id, variants=None)).distinct()


class Post(Row):
    """`text` is what the variants share until one is changed; lines of three hyphens part it. `material_key`, `material_id`
    say what it was made from; its `credit` cannot be removed. When: `wall` (wall time, minutes) in `zone`, resolved to `at` with
    `tzdata`. `erased_at`: the author of the words that it was made from has left, and they with them."""

    what = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, default="draft", choices=[(each, each) for each in STATES])
    text = models.TextField(blank=True, max_length=10_000)
    comment = models.TextField(blank=True, max_length=10_000)
    is_numbered = models.BooleanField(default=False)
    credit = models.CharField(max_length=300, blank=True)
    target = models.CharField(max_length=1000, blank=True)
    card_title = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, blank=True)
    pictures = models.JSONField(default=list, blank=True)
    material_key = models.CharField(max_length=40, blank=True)
    material_id = models.BigIntegerField(null=True)
    wall = models.CharField(max_length=16, blank=True)
    zone = models.CharField(max_length=60, blank=True)
    tzdata = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True)

    objects = Posts.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="post_state_known"),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(at__isnull=False), name="planned_post_has_instant"
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="post_at"),
            models.Index(fields=["state", "id"], name="post_state"),
            models.Index(fields=["material_key", "material_id"], name="post_material"),
        ]

    def __str__(self) -> str:
        return self.what or self.shown_id

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

    @property
    def wall_time(self) -> datetime | None:
        """The wall time as it was asked for, without a zone."""
        return datetime.fromisoformat(self.wall) if self.wall else None

    @property
    def title(self) -> str:
        if self.erased_at:
            return _("Erased at the author's request")
        return self.what or name_of(self.text)


class Variant(Row):
    """A post as it goes to one channel. `text` empty and not `is_own`: the shared text is meant; `comment` empty: the shared one.
    `delivery` is that of its first part."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="variants")
    is_own = models.BooleanField(default=False)
    text = models.TextField(blank=True, max_length=10_000)
    comment = models.TextField(blank=True, max_length=10_000)
    delivery = models.OneToOneField(Delivery, null=True, on_delete=models.SET_NULL, related_name="variant")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "channel"], name="variant_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.post_id} {self.channel_id}"

    @property
    def words(self) -> str:
        return self.text if self.is_own else self.post.text

    @property
    def first_comment(self) -> str:
        return self.comment or self.post.comment
