"""Tags as somebody sees them: how often each stands on topics that they may see, the topics of one, what is used in a space."""

from dataclasses import dataclass

from django.db.models import Count

from stoa.base import cursors
from stoa.base.actors import Actor
from stoa.community.talk.models import Topic, TopicTag
from stoa.spaces.models import Space

MOST, SUGGESTED, PAGE = 200, 12, 30


@dataclass(frozen=True)
class Used:
    """A tag, and on how many topics the reader sees it."""

    name: str
    count: int


def used_tags(actor: Actor, space: Space | None = None, limit: int = MOST) -> list[Used]:
    """The tags of what this actor may see, the most used first. One query."""
    rows = TopicTag.objects.visible_to(actor)
    if space:
        rows = rows.filter(topic__space=space)
    counted = rows.values_list("name").annotate(count=Count("id")).order_by("-count", "name")
    return [Used(name, count) for name, count in counted[:limit]]


def suggested(actor: Actor, space: Space) -> list[str]:
    """What is used in this space, to be offered where one writes."""
    return [each.name for each in used_tags(actor, space, SUGGESTED)]


def topics_tagged(actor: Actor, name: str, before: str) -> "cursors.Page[Topic]":
    """A page of the topics with this tag, the latest first."""
    rows = Topic.objects.visible_to(actor).heard_by(actor).here().filter(tags__name=name).for_lines()
    return cursors.page(rows, "bumped_at", before, size=PAGE)
