"""The account as a stranger sees it: its profile and its last posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stoa.social.networks.bluesky.records import address_of
from stoa.social.networks.bluesky.session import ask, instant_of
from stoa.social.networks.protocol import NOT_OFFERED, Account, Line, Presence, Standing

POSTS = 10


def present(over: Line) -> Presence:
    own = over.credentials["did"]
    profile = ask(over, "app.bsky.actor.getProfile", actor=own)
    feed = ask(over, "app.bsky.feed.getAuthorFeed", actor=own, limit=POSTS, filter="posts_no_replies")
    handle = str(profile.get("handle") or "")
    pinned = profile.get("pinnedPost")
    followers = profile.get("followersCount")
    return Presence(
        account=Account(
            id=own,
            handle=handle,
            name=str(profile.get("displayName") or ""),
            avatar=str(profile.get("avatar") or ""),
            address=f"https://bsky.app/profile/{handle}",
        ),
        bio=str(profile.get("description") or ""),
        has_picture=bool(profile.get("avatar")),
        pinned=str(pinned.get("uri") or "") if isinstance(pinned, dict) else "",
        followers=followers if isinstance(followers, int) else NOT_OFFERED,
        posts=tuple(_own_posts(feed, own)),
    )


def _own_posts(feed: Mapping[str, Any], own: str) -> Iterator[Standing]:
    """What the account wrote itself: a repost of somebody else's post is not its own."""
    for item in feed.get("feed") or []:
        post = item.get("post") or {}
        record = post.get("record") or {}
        if "reason" in item or (post.get("author") or {}).get("did") != own or not post.get("uri"):
            continue
        replies = post.get("replyCount")
        yield Standing(
            id=str(post["uri"]),
            text=str(record.get("text") or ""),
            at=instant_of(str(record.get("createdAt") or "")),
            address=address_of(str(post["uri"])),
            replies=replies if isinstance(replies, int) else NOT_OFFERED,
            is_answer="reply" in record,
        )
