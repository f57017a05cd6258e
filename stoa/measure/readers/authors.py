"""Whose first week a topic or a reply can belong to: its author's, and that of who is answered."""

from stoa.community.talk.models import Reply, Topic


def concerned(topic_id: int, reply_id: int | None) -> set[int]:
    """The people whose words these are or answer."""
    found = set(Topic.objects.filter(id=topic_id).values_list("author_id", flat=True))
    around = Reply.objects.filter(topic_id=topic_id) if reply_id is None else Reply.objects.filter(id=reply_id)
    for author, answered in around.values_list("author_id", "answers__author_id"):
        found |= {author, answered} - {None}
    return found
