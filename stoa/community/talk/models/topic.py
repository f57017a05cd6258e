"""The topic: a discussion, a question, an idea, an announcement or a poll, opened by a person in a space."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from markupsafe import Markup

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.addresses import address
from stoa.base.rows import Row
from stoa.base.text import Authored
from stoa.community.talk.lines import TopicLine, TopicShape, slug_of
from stoa.community.talk.looks import KINDS, STATUSES, Look
from stoa.community.talk.models.presence import Presence
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.readers import tended
from stoa.spaces.visibility import readable

SEE_HIDDEN = "talk.see_hidden"
LONGEST_TITLE = 160
LONG = (
    ("author", ("folded", "bio", "helps_with", "looks_for", "interests", "joined_at", "language", "zone", "away_until", "welcomes")),
    ("space", ("description", "question", "standards", "norm", "interests", "created_at", "joining")),
)  # fmt: skip


class Topics(models.QuerySet["Topic"]):
    """How topics are found."""

    def visible_to(self, actor: Actor) -> Self:
        """What this actor may see: topics of spaces that they may read (in *Ask the team* only their own), that are still here,
        or their own, or in a space that they moderate. Blocked people's topics stay readable: a block is not a wall."""
        return self.filter(seen(actor))

    def here(self) -> Self:
        """For lists and counts: without what was withdrawn or hidden."""
        return self.filter(presence=Presence.HERE)

    def heard_by(self, actor: Actor) -> Self:
        """For lists: without what was opened by people whom this reader blocked or muted. Announcements speak for the place."""
        if not actor.blocked:
            return self
        return self.exclude(~Q(kind="announcement"), author_id__in=sorted(actor.blocked))

    def newest(self) -> Self:
        return self.order_by("-bumped_at", "-id")

    def unanswered(self) -> Self:
        """What nobody has answered yet; announcements and polls do not wait for an answer."""
        return self.filter(answered_at=None).filter(kind__in=Topic.Kind.that_wait())

    def pinned(self) -> Self:
        """What stands first in its space at this moment, the latest pin's end first."""
        return self.filter(pinned_until__gt=clock.now()).order_by("-pinned_until", "-id")

    def unpinned(self, now: datetime) -> Self:
        return self.filter(Q(pinned_until=None) | Q(pinned_until__lte=now))

    def newcomers_first(self, actor: Actor) -> Self:
        """By whether the author had opened one before (`has_earlier` says so), then by the longest wait."""
        earlier = Topic.objects.visible_to(actor).filter(author=OuterRef("author"), id__lt=OuterRef("id"))
        return self.annotate(has_earlier=Exists(earlier)).order_by("has_earlier", "opened_at")

    def for_cards(self) -> Self:
        """With all that a card draws."""
        return self.select_related("space", "author")

    def for_lines(self) -> Self:
        """With all that a line of a list draws, and without the long texts that it does not."""
        return self.for_cards().defer("source", "html", *(f"{at}__{name}" for at, names in LONG for name in names))


class Topic(Authored, Row):
    """What people talk about. Its counters count what its own audience sees; `answered_at` is the first reply by somebody else,
    `accepted` the one that settled a question, `status` that of an idea, `votes_count` who voted for an idea or in a poll. `reshaped_at`
    is when replies last left it or came into it by a split or a merge; what was `merged_into` another is seen by nobody any more."""

    class Kind(models.TextChoices):
        DISCUSSION = "discussion"
        QUESTION = "question"
        IDEA = "idea"
        ANNOUNCEMENT = "announcement"
        POLL = "poll"

        @property
        def waits(self) -> bool:
            """Whether it asks for an answer: an announcement says something, a poll asks for votes."""
            return self not in (Topic.Kind.ANNOUNCEMENT, Topic.Kind.POLL)

        @classmethod
        def that_wait(cls) -> "list[Topic.Kind]":
            return [each for each in cls if each.waits]

    class Status(models.TextChoices):
        """What became of an idea."""

        OPEN = "open"
        CONSIDERED = "considered"
        PLANNED = "planned"
        DONE = "done"
        DECLINED = "declined"

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="topics")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="topics")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.DISCUSSION)
    title = models.CharField(max_length=LONGEST_TITLE)
    opened_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.HERE)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    replies_count = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    accepted = models.ForeignKey("talk.Reply", null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, blank=True)
    votes_count = models.PositiveIntegerField(default=0)
    tagged = models.CharField(max_length=200, blank=True)
    pinned_until = models.DateTimeField(null=True)
    slow_minutes = models.PositiveSmallIntegerField(default=0)
    slow_until = models.DateTimeField(null=True)
    bumped_at = models.DateTimeField(default=clock.now)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="absorbed")
    reshaped_at = models.DateTimeField(null=True)
    last_reply_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Topics] = Topics.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["space", "-bumped_at", "-id"], name="topic_space_latest"),
            models.Index(fields=["-bumped_at", "-id"], name="topic_latest"),
            models.Index(fields=["author", "-id"], name="topic_author"),
            models.Index(
                fields=["space", "pinned_until"], name="topic_pinned", condition=Q(pinned_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_here(self) -> bool:
        return self.presence == Presence.HERE

    @property
    def tag_names(self) -> list[str]:
        return self.tagged.split()

    @property
    def look(self) -> Look:
        """The kind as it is shown."""
        return KINDS[self.kind]

    @property
    def status_look(self) -> Look | None:
        """The status of an idea as it is shown; None for anything else."""
        return STATUSES.get(self.status)

    @property
    def is_pinned(self) -> bool:
        return self.pinned_until is not None and self.pinned_until > clock.now()

    @property
    def is_slow(self) -> bool:
        """Whether each person may reply only once in `slow_minutes`; without `slow_until` until somebody ends it."""
        return bool(self.slow_minutes) and (self.slow_until is None or self.slow_until > clock.now())

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    def get_absolute_url(self) -> str:
        return address("talk:topic", topic_id=self.id, slug=self.slug)

    def line(self, level: int, says_author: bool, says_space: bool, portrait: str, at: Markup) -> TopicLine:
        """What a list says of it. Where the list brings them: `unseen`, `news`, `people`."""
        known, name = vars(self), self.author.name
        return TopicLine(
            self.id, self.title, name if says_author else "", self.space.name if says_space else "", portrait, at,
            TopicShape(says_author, not name, self.tagged, level), bool(known.get("unseen")), known.get("news", 0), self.is_pinned,
            self.kind, self.status, self.votes_count, known.get("people"), self.accepted_id is not None, self.replies_count,
        )  # fmt: skip


def seen(actor: Actor, prefix: str = "") -> Q:
    """What `visible_to` asks, of rows whose topic hangs at `prefix` ("topic"): a join, so that the page of one topic does not list all."""
    at = f"{prefix}__" if prefix else ""
    here = Q(**{f"{at}presence": Presence.HERE}) | tended(actor, SEE_HIDDEN, f"{at}space")
    if actor.person_id:
        here |= Q(**{f"{at}author_id": actor.person_id})
    stands = Q(**{f"{at}merged_into": None})
    return here & stands & readable(actor, f"{at}space", author=f"{at}author_id")


def visible_topics(actor: Actor, ids: Collection[int]) -> Topics:
    """The topics among `ids` that this actor may see, with what their cards need."""
    return Topic.objects.visible_to(actor).filter(id__in=ids).select_related("author", "space")
