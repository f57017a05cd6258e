"""What Instagram counts of a post, and the account as a stranger sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.graph import address_of, count_of, id_of, instant_of, listed, text_of, told
from stoa.social.networks.instagram.wire import GRAPH, POST, PROFILE, account_of, split
from stoa.social.networks.limits import Measure
from stoa.social.networks.messages import NOT_OFFERED, Measured, NotOffered, Presence, Reading, Standing
from stoa.social.networks.trouble import Gone, Refused

MEASURES = (
    Measure("likes", "Likes", offered=True),
    Measure("replies", "Comments", offered=True),
    Measure("reach", "Reach", offered=True),
    Measure("views", "Views", offered=True),
    Measure("shares", "Shares", offered=True),
    Measure("saves", "Saves", offered=True),
)
INSIGHTS = {"reach": "reach", "views": "views", "shares": "shares", "saves": "saved"}
SHOWN = 20


def measure(ids: Sequence[str], over: Line) -> Measured:
    readings: list[Reading] = []
    missing: list[str] = []
    for id in ids:
        try:
            values = values_of(id, over)
        except Gone:
            missing.append(id)
            continue
        readings += [Reading(id, each.key, values.get(each.key, NOT_OFFERED)) for each in MEASURES]
    return Measured(tuple(readings), tuple(missing))


def values_of(id: str, over: Line) -> dict[str, int | NotOffered]:
    """Likes and comments stand at the post; the rest is told a while later, and until then not offered."""
    kind, numbers = split(id)
    if kind != "post":
        return {"likes": count_of(told(GRAPH.read(over, numbers[-1], fields="like_count")).get("like_count"))}
    said = GRAPH.read(over, numbers[0], fields="like_count,comments_count")
    found = {
        name: count_of(told(said).get(field))
        for name, field in (("likes", "like_count"), ("replies", "comments_count"))
    }
    try:
        insights = GRAPH.read(over, f"{numbers[0]}/insights", metric=",".join(INSIGHTS.values()))
    except Refused:
        return found
    values = {text_of(each, "name"): first_value(each) for each in listed(insights, "data")}
    return found | {name: values.get(theirs, NOT_OFFERED) for name, theirs in INSIGHTS.items()}


def first_value(metric: Mapping[str, Any]) -> int | NotOffered:
    return count_of(next(iter(listed(metric, "values")), {}).get("value"))


def present(over: Line) -> Presence:
    profile = GRAPH.read(over, "me", fields=PROFILE)
    account = account_of(profile)
    posts = listed(GRAPH.read(over, f"{account.id}/media", fields=POST, limit=SHOWN), "data")
    website = address_of(profile, "website")
    return Presence(
        account=account,
        bio=text_of(profile, "biography"),
        links=(website,) if website else (),
        has_picture=bool(account.avatar),
        followers=count_of(told(profile).get("followers_count")),
        posts=tuple(standing(each) for each in posts if id_of(each)),
    )


def standing(post: Mapping[str, Any]) -> Standing:
    at, address = instant_of(post, "timestamp"), address_of(post, "permalink")
    return Standing(f"post/{id_of(post)}", text_of(post, "caption"), at, address, count_of(post.get("comments_count")))
