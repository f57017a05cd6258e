"""Numbers of posts, as the network counts them now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stoa.social.networks.bluesky.session import ask
from stoa.social.networks.given import counted, rows, word
from stoa.social.networks.protocol import NOT_OFFERED, Line, Measure, Measured, Reading

BATCH = 25
COUNTS = {"likes": "likeCount", "reposts": "repostCount", "replies": "replyCount", "quotes": "quoteCount"}
_UNTOLD = "Bluesky does not count how many people saw a post."
MEASURES = (
    Measure("likes", "Likes", offered=True),
    Measure("reposts", "Reposts", offered=True),
    Measure("replies", "Replies", offered=True),
    Measure("quotes", "Quotes", offered=True),
    Measure("reach", "Reach", offered=False, reason=_UNTOLD),
    Measure("impressions", "Impressions", offered=False, reason=_UNTOLD),
)


def measure(ids: Sequence[str], over: Line) -> Measured:
    posts: dict[str, Mapping[str, Any]] = {}
    for batch in _batches(ids):
        for post in rows(ask(over, "app.bsky.feed.getPosts", uris=list(batch)), "posts"):
            posts[word(post, "uri")] = post
    readings = tuple(reading for id in ids if id in posts for reading in _readings(id, posts[id]))
    return Measured(readings, missing=tuple(id for id in ids if id not in posts))


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _readings(id: str, post: Mapping[str, Any]) -> Iterator[Reading]:
    for kind in MEASURES:
        yield Reading(id, kind.key, counted(post, COUNTS[kind.key]) if kind.offered else NOT_OFFERED)
