"""Our own comments: where one may stand, and whether it does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from stoa.social.networks.protocol import Absent, Gone, Line, Outgoing, Pending, Published
from stoa.social.networks.wordpress import texts, wire
from stoa.social.networks.wordpress.standing import number_of, published

EARLIER = timedelta(minutes=10)  # by how much the site's clock may be behind ours


def place_of(answers: str, over: Line) -> tuple[int, int]:
    """(the post, the comment or 0) that is answered, if it still stands. The site would take an answer to a comment that is gone."""
    if number := number_of(answers, "c"):
        comment = wire.row(over, f"comments/{number}")
        if not wire.is_number(comment.get("post")) or comment.get("status") in ("trash", "spam"):
            raise Gone("The comment does not stand on the site any more.")
        return int(comment["post"]), number
    post = wire.row(over, f"posts/{number_of(answers)}", context="edit")
    if post.get("status") != "publish":
        raise Gone("The post does not stand on the site any more.")
    return number_of(answers), 0


def settled_comment(outgoing: Outgoing, over: Line, handle: str) -> Published | Pending | Absent:
    """Our own comment since it was made: by its number where the site gave one, else by the same words in the same place."""
    if number := number_of(handle, "c"):
        return published_comment(wire.row(over, f"comments/{number}"))
    post, parent = place_of(outgoing.answers, over)
    for each in wire.rows(over, "comments", post=post, parent=parent, per_page=100, order="desc"):
        is_ours = str(each.get("author")) == over.credentials["id"]
        is_since = wire.instant_of(each.get("date_gmt")) >= outgoing.made_at - EARLIER
        if is_ours and is_since and texts.same(texts.plain(each.get("content")), outgoing.text):
            return published(each, "c")
    return Absent()


def published_comment(told: Any) -> Published | Pending:
    """A comment may have to wait until somebody there approves it."""
    made = published(told, "c")
    return made if told.get("status", "approved") == "approved" else Pending(made.id, 3600.0)
