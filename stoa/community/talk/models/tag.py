"""Tags of topics, and the vocabulary that says how they are spelled. A tag exists only where a topic carries it."""

import re
import unicodedata
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.topic import Topic
from stoa.spaces.models import Space
from stoa.spaces.readers import tended

MOST_TAGS, LONGEST_TAG = 5, 30
TEND_TAGS = "talk.tend_tags"
_other = re.compile(r"[\W_]+")


def normalised(typed: str) -> str:
    """One tag as it is kept: lower case, words joined by a hyphen; "" for nothing."""
    return _other.sub("-", unicodedata.normalize("NFKC", typed).casefold()).strip("-")[:LONGEST_TAG].strip("-")


def tags_in(typed: str) -> list[str]:
    """The tags of a line, between commas, each once and in order."""
    return list(dict.fromkeys(name for each in typed.split(",") if (name := normalised(each))))


class Tags(models.QuerySet["TopicTag"]):
    """How tags are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of topics that the actor may see."""
        return self.filter(topic__in=Topic.objects.visible_to(actor).here())


class TopicTag(Row):
    """One tag of one topic. `Topic.tagged` holds the same for lists."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=LONGEST_TAG)

    objects: ClassVar[Tags] = Tags.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "name"], name="topic_tagged_once")]
        indexes = [models.Index(fields=["name", "-topic"], name="topics_of_a_tag")]

    def __str__(self) -> str:
        return self.name


class TagRules(models.QuerySet["TagRule"]):
    """How the vocabulary is found."""

    def visible_to(self, actor: Actor) -> Self:
        """What the actor tends: the site's words and those of spaces."""
        of_site = Q(space=None) if actor.may(TEND_TAGS) else Q(pk=None)
        return self.filter(of_site | (Q(space__isnull=False) & tended(actor, TEND_TAGS, "space")))

    def for_space(self, space: Space) -> Self:
        """What holds in a space: its own words first, then the site's."""
        return self.filter(Q(space=space) | Q(space=None)).order_by(models.F("space").desc(nulls_last=True))


class TagRule(Row):
    """`name` is written `becomes` (a new name, or the word of the same meaning), or, where that is empty, not at all. Without a space
    it holds everywhere."""

    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_TAG)
    becomes = models.CharField(max_length=LONGEST_TAG, blank=True)
    set_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[TagRules] = TagRules.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "name"], name="one_rule_for_a_tag"),
            models.UniqueConstraint(fields=["name"], condition=Q(space=None), name="one_rule_for_a_tag_everywhere"),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.becomes or '—'}"
