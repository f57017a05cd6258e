"""A topic's counters, from its replies: what its own audience sees."""

from stoa.community.talk import finding
from stoa.community.talk.models import Presence, Topic


def recount(topic: Topic) -> None:
    """Sets the counters of a topic from its replies that are here."""
    here = topic.replies.filter(presence=Presence.HERE)
    last = here.order_by("-id").first()
    first = here.exclude(author_id=topic.author_id).order_by("id").first()
    topic.replies_count = here.count()
    topic.bumped_at = last.added_at if last else topic.opened_at
    topic.last_reply_by_id = last.author_id if last else None
    topic.answered_at = first.added_at if first else None
    topic.save(update_fields=["replies_count", "bumped_at", "last_reply_by", "answered_at"])
    finding.narrow_topic(topic)
