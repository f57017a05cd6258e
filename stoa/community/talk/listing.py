"""Lists of topics, page by page. A page goes on before a moment and an id, so that it does not shift while people talk."""

from dataclasses import dataclass

from stoa.base import cursors
from stoa.base.actors import Actor
from stoa.community.talk import policy
from stoa.community.talk.models import Topic
from stoa.community.talk.models.topic import Topics
from stoa.community.talk.unread import with_news
from stoa.spaces.models import Space

PAGE = 30
LISTS = ("latest", "unanswered", "mine")


@dataclass(frozen=True)
class TopicsPage:
    """One page of a list, newest first. `next` is what to ask for with `before=`, or empty."""

    kind: str
    topics: list[Topic]
    next: str
    may_keep_place: bool = False


def topics_page(actor: Actor, kind: str, before: str = "", space: Space | None = None) -> TopicsPage:
    """A page of `latest` (by last reply), `unanswered` (longest wait last) or `mine`, perhaps of one space."""
    rows = chosen(Topic.objects.visible_to(actor).for_cards(), kind, actor)
    if space:
        rows = rows.filter(space=space)
    rows = with_news(rows, actor)
    found = cursors.page(rows, "bumped_at", before, size=PAGE)
    return TopicsPage(kind, found.rows, found.next, policy.may_keep_place(actor))


def chosen(rows: Topics, kind: str, actor: Actor) -> Topics:
    if kind == "mine":
        return rows.filter(author_id=actor.person_id) if actor.person_id else rows.none()
    return rows.here().unanswered() if kind == "unanswered" else rows.here()
