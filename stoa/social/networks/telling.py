"""What a channel's own server says of its limits: kept plain, believed within reason, laid over the connector's rules.

What comes from outside may be anything: a number that is none, too small or absurd, is as if it had not been said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from stoa.social.networks.allowances import Allowance
from stoa.social.networks.limits import LinkRule, PictureLimit, Rate, Rules, Source, TextLimit, VideoLimit
from stoa.social.networks.messages import Told

DAY, HOUR = 86_400, 3600
COUNTED = "counted by the network"  # the bucket of what it counts itself
REASONABLE = {
    "text": (1, 1_000_000),
    "link": (1, 10_000),
    "pictures": (1, 1000),
    "picture_bytes": (1000, 10_000_000_000),
    "alt": (1, 1_000_000),
    "video_bytes": (1000, 100_000_000_000),
}
MOST_POSTS, LONGEST_WINDOW = 1_000_000, 31 * DAY


def kept(told: Told) -> dict[str, Any]:
    """What is believed, as it is kept in the channel's row."""
    found: dict[str, Any] = {
        name: getattr(told, name) for name in REASONABLE if is_reasonable(name, getattr(told, name))
    }
    mimes = told.mimes if isinstance(told.mimes, (tuple, list)) else ()
    for name, beginning in (("mimes", "image/"), ("video_mimes", "video/")):
        if said := [each for each in mimes if isinstance(each, str) and each.startswith(beginning) and len(each) < 60]:
            found[name] = said[:40]
    if posts := posts_of(told.posts):
        found["posts"] = posts
    address = told.address if isinstance(told.address, str) else ""
    return {"address": address[:500], **found} if found else {}


def is_reasonable(name: str, value: object) -> bool:
    least, most = REASONABLE[name]
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def left_of(told: Told) -> Allowance | None:
    """How many more posts the account may make, where the network counts them itself; None where it says nothing of sense. When the oldest
    leave its count it does not say, so it is believed for an hour."""
    posts, used = posts_of(told.posts), told.used
    if posts is None or type(used) is not int or used < 0:
        return None
    return Allowance(max(posts[0] - used, 0), posts[0], timedelta(seconds=min(posts[1], HOUR)), bucket=COUNTED)


def posts_of(posts: object) -> list[int] | None:
    """(how many, in how many seconds), if both are reasonable."""
    match posts:
        case (int(most), int(seconds)) if 0 < most <= MOST_POSTS and 0 < seconds <= LONGEST_WINDOW:
            return [most, seconds]
    return None


def with_told(rules: Rules, told: Mapping[str, Any] | None, day: date) -> Rules:
    """The rules with what the server says before what the network's papers say."""
    if not told:
        return rules
    source = Source(str(told.get("address") or ""), day, told=True)
    text = tuple(told_text(each, told, source, first=number == 0) for number, each in enumerate(rules.text))
    rates = told_rates(rules.rates, told, source)
    pictures = told_pictures(rules.pictures, told, source) if rules.pictures else None
    videos = told_videos(rules.videos, told, source) if rules.videos else None
    link = told_link(rules.link, told, source)
    return replace(rules, text=text, pictures=pictures, videos=videos, link=link, rates=rates)


def told_text(limit: TextLimit, told: Mapping[str, Any], source: Source, *, first: bool) -> TextLimit:
    """A server's number is that of the network's first limit; what a link costs changes how all are counted."""
    if first and "text" in told:
        limit = replace(limit, at_most=told["text"], source=source)
    return replace(limit, link=told["link"]) if "link" in told else limit


def told_rates(rates: tuple[Rate, ...], told: Mapping[str, Any], source: Source) -> tuple[Rate, ...]:
    """What the account may post takes the place of what the papers say of posts; what else is limited stays so."""
    if "posts" not in told:
        return rates
    return (
        Rate("posts", told["posts"][0], told["posts"][1], source),
        *(each for each in rates if each.what != "posts"),
    )


def told_link(link: LinkRule, told: Mapping[str, Any], source: Source) -> LinkRule:
    if link.counts_as is None or "link" not in told:
        return link
    return replace(link, counts_as=told["link"], source=source)


def told_pictures(limit: PictureLimit, told: Mapping[str, Any], source: Source) -> PictureLimit:
    """Of the media types those that both know; what is described is described as long as the server takes it."""
    mimes = tuple(each for each in limit.mimes if each in told.get("mimes", limit.mimes)) or limit.mimes
    changed = replace(
        limit,
        at_most=told.get("pictures", limit.at_most),
        bytes_at_most=told.get("picture_bytes", limit.bytes_at_most),
        alt_at_most=told.get("alt", limit.alt_at_most) if limit.alt_at_most else 0,
        mimes=mimes,
    )
    return changed if changed == limit else replace(changed, source=source)


def told_videos(limit: VideoLimit, told: Mapping[str, Any], source: Source) -> VideoLimit:
    """The same for a video."""
    mimes = tuple(each for each in limit.mimes if each in told.get("video_mimes", limit.mimes)) or limit.mimes
    changed = replace(
        limit,
        bytes_at_most=told.get("video_bytes", limit.bytes_at_most),
        alt_at_most=told.get("alt", limit.alt_at_most) if limit.alt_at_most else 0,
        mimes=mimes,
    )
    return changed if changed == limit else replace(changed, source=source)
