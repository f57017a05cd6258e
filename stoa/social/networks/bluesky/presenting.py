"""The account as a stranger sees it: its profile and its last posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stoa.social.networks.bluesky.records import address_of
from stoa.social.networks.bluesky.session import account_of, ask, instant_of
from stoa.social.networks.markup import links_in
from stoa.social.networks.protocol import NOT_OFFERED, Line, NotOffered, Presence, Standing

SHOWN = 20


def present(over: Line) -> Presence:
    did = over.credentials["did"]
    profile = ask(over, "app.bsky.actor.getProfile", actor=did)
    feed = ask(over, "app.bsky.feed.getAuthorFeed", actor=did, limit=SHOWN, filter="posts_with_replies")["feed"]
    own = [each["post"] for each in feed if "reason" not in each and each["post"]["author"]["did"] == did]
    bio = str(profile.get("description") or "")
    return Presence(
        account=account_of(profile),
        bio=bio,
        links=links_in(bio),
        has_picture=bool(profile.get("avatar")),
        pinned=pinned_text(profile, over),
        followers=counted(profile.get("followersCount")),
        posts=tuple(standing(each) for each in own),
    )


def pinned_text(profile: Mapping[str, Any], over: Line) -> str:
    pinned = (profile.get("pinnedPost") or {}).get("uri")
    found = ask(over, "app.bsky.feed.getPosts", uris=[pinned])["posts"] if pinned else []
    return str(found[0]["record"].get("text") or "") if found else ""


def standing(post: Mapping[str, Any]) -> Standing:
    record = post["record"]
    return Standing(
        id=post["uri"],
        text=str(record.get("text") or ""),
        at=instant_of(str(record.get("createdAt") or "")),
        address=address_of(post["uri"]),
        replies=counted(post.get("replyCount")),
        is_answer=bool(record.get("reply")),
    )


def counted(value: Any) -> int | NotOffered:
    return value if type(value) is int else NOT_OFFERED
