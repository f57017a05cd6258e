"""Whose first week a topic or a reply can belong to: its author's, and that of who is answered."""

from typing import Any

from django.db.models import QuerySet

from stoa.base.standing_queries import standing
from stoa.community.talk.models import Reply, Topic


def concerned(topic_id: int, reply_id: int | None) -> set[int]:
    """The people whose words these are or answer."""
    found = {author for (author,) in standing(who_opened, topic_id=topic_id)}
    around = standing(wrote_in, topic_id=topic_id) if reply_id is None else standing(wrote, reply_id=reply_id)
    for author, answered in around:
        found |= {author, answered} - {None}
    return found


def who_opened(topic_id: int) -> "QuerySet[Topic, tuple[int]]":
    return Topic.objects.filter(id=topic_id).order_by().values_list("author_id")


def wrote(reply_id: int) -> "QuerySet[Reply, Any]":
    return Reply.objects.filter(id=reply_id).order_by().values_list("author_id", "answers__author_id")


def wrote_in(topic_id: int) -> "QuerySet[Reply, Any]":
    return Reply.objects.filter(topic_id=topic_id).order_by().values_list("author_id", "answers__author_id")
