"""What Threads counts of a post, and the account as a stranger sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.graph import address_of, count_of, id_of, instant_of, listed, part, text_of
from stoa.social.networks.limits import Measure
from stoa.social.networks.messages import NOT_OFFERED, Measured, NotOffered, Presence, Reading, Standing
from stoa.social.networks.meta_threads.wire import GRAPH, POST, PROFILE, account_of
from stoa.social.networks.trouble import Gone, Refused

MEASURES = (
    Measure("likes", "Likes", offered=True),
    Measure("replies", "Replies", offered=True),
    Measure("reposts", "Reposts", offered=True),
    Measure("quotes", "Quotes", offered=True),
    Measure("views", "Views", offered=True),
    Measure("reach", "Reach", offered=False, reason="Threads tells how often a post was seen, not by how many people."),
)
ASKED = ",".join(measure.key for measure in MEASURES if measure.offered)
SHOWN = 20


def measure(ids: Sequence[str], over: Line) -> Measured:
    readings: list[Reading] = []
    missing: list[str] = []
    for id in ids:
        try:
            values = values_of(GRAPH.read(over, f"{id}/insights", metric=ASKED))
        except Gone:
            missing.append(id)
            continue
        readings += [Reading(id, each.key, values.get(each.key, NOT_OFFERED)) for each in MEASURES]
    return Measured(tuple(readings), tuple(missing))


def values_of(said: object) -> dict[str, int | NotOffered]:
    """What each metric comes to; one that is not there is not offered, never 0."""
    return {text_of(each, "name"): value_of(each) for each in listed(said, "data")}


def value_of(metric: Mapping[str, Any]) -> int | NotOffered:
    over_time = next(iter(listed(metric, "values")), {}).get("value")
    return count_of(part(metric, "total_value").get("value", over_time))


def present(over: Line) -> Presence:
    profile = GRAPH.read(over, "me", fields=PROFILE)
    account = account_of(profile)
    posts = listed(GRAPH.read(over, f"{account.id}/threads", fields=POST, limit=SHOWN), "data")
    return Presence(
        account=account,
        bio=text_of(profile, "threads_biography"),
        has_picture=bool(account.avatar),
        followers=followers(account.id, over),
        posts=tuple(standing(each) for each in posts if id_of(each)),
    )


def followers(account: str, over: Line) -> int | NotOffered:
    try:
        said = GRAPH.read(over, f"{account}/threads_insights", metric="followers_count")
    except Refused:
        return NOT_OFFERED
    return values_of(said).get("followers_count", NOT_OFFERED)


def standing(post: Mapping[str, Any]) -> Standing:
    """How many answers there are is not told beside the post, only whether there are any."""
    answered = 0 if post.get("has_replies") is False else NOT_OFFERED
    return Standing(
        id_of(post), text_of(post, "text"), instant_of(post, "timestamp"), address_of(post, "permalink"), answered,
        is_answer=post.get("is_reply") is True,
    )  # fmt: skip
