"""What Facebook counts of a page's post, and the page as a stranger sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.facebook_page.wire import GRAPH, PAGE_FIELDS, POST, account_of
from stoa.social.networks.graph import address_of, count_of, id_of, instant_of, listed, part, text_of, told
from stoa.social.networks.limits import Measure
from stoa.social.networks.messages import NOT_OFFERED, Measured, NotOffered, Presence, Reading, Standing
from stoa.social.networks.trouble import Gone, Refused

MEASURES = (
    Measure("likes", "Reactions", offered=True),
    Measure("replies", "Comments", offered=True),
    Measure("shares", "Shares", offered=True),
    Measure("reach", "Reach", offered=True),
    Measure("views", "Views", offered=True),
)
ANSWERS = "comments.filter(stream).limit(0).summary(true)"
COUNTED = f"id,shares,reactions.limit(0).summary(true),{ANSWERS}"
INSIGHTS = {"reach": "post_total_media_view_unique", "views": "post_media_view"}
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
    """Pages that fewer than a hundred people like are told no reach: not offered, never 0. No shares yet is what is left out, and 0."""
    said = GRAPH.read(over, id, fields=COUNTED)
    shares = part(said, "shares").get("count", 0 if id_of(said) else None)
    found = {"likes": total(said, "reactions"), "replies": total(said, "comments"), "shares": count_of(shares)}
    try:
        insights = GRAPH.read(over, f"{id}/insights", metric=",".join(INSIGHTS.values()))
    except Refused:
        return found
    values = {
        text_of(each, "name"): next(iter(listed(each, "values")), {}).get("value") for each in listed(insights, "data")
    }
    return found | {name: count_of(values.get(theirs)) for name, theirs in INSIGHTS.items()}


def total(said: object, edge: str) -> int | NotOffered:
    return count_of(part(part(said, edge), "summary").get("total_count"))


def present(over: Line) -> Presence:
    page = GRAPH.read(over, over.credentials["account"], fields=PAGE_FIELDS)
    account = account_of(page)
    posts = listed(GRAPH.read(over, f"{account.id}/published_posts", fields=f"{POST},{ANSWERS}", limit=SHOWN), "data")
    picture, website = part(part(page, "picture"), "data"), address_of(page, "website")
    return Presence(
        account=account,
        bio=text_of(page, "about"),
        links=(website,) if website else (),
        has_picture=bool(account.avatar) and picture.get("is_silhouette") is not True,
        followers=count_of(told(page).get("followers_count")),
        posts=tuple(standing(each) for each in posts if id_of(each)),
    )


def standing(post: Mapping[str, Any]) -> Standing:
    at, address = instant_of(post, "created_time"), address_of(post, "permalink_url")
    return Standing(id_of(post), text_of(post, "message"), at, address, total(post, "comments"))
