"""The account as a stranger sees it: what it says of itself, what is pinned, its last posts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stoa.social.networks.mastodon import wire
from stoa.social.networks.mastodon.listening import account_of
from stoa.social.networks.mastodon.texts import plain
from stoa.social.networks.protocol import NOT_OFFERED, Line, Presence, Standing

POSTS = 10
NO_PICTURE = "missing.png"  # what servers show where nobody chose a picture
ADDRESS = re.compile(r'href="(https?://[^"<>\s]{1,500})"')


def present(over: Line) -> Presence:
    path = f"v1/accounts/{over.credentials['account']}"
    found = wire.read(over, "v1/accounts/verify_credentials")
    pinned = wire.read(over, f"{path}/statuses", limit=1, pinned="true")
    posts = wire.read(over, f"{path}/statuses", limit=POSTS, exclude_replies="true", exclude_reblogs="true")
    found["acct"] = str(found["acct"]).partition("@")[0]
    account = account_of(found, over.credentials["server"])
    followers = found.get("followers_count")
    return Presence(
        account=account,
        bio=plain(str(found.get("note") or "")),
        links=links_of(found),
        has_picture=bool(account.avatar) and not account.avatar.endswith(NO_PICTURE),
        pinned=str(pinned[0].get("id") or "") if pinned else "",
        followers=followers if isinstance(followers, int) else NOT_OFFERED,
        posts=tuple(standing(each) for each in posts if each.get("id")),
    )


def links_of(found: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses in the profile's fields and in its words."""
    shown = [str(each.get("value") or "") for each in found.get("fields") or []]
    return tuple(dict.fromkeys(ADDRESS.findall(" ".join([*shown, str(found.get("note") or "")]))))


def standing(status: Mapping[str, Any]) -> Standing:
    replies = status.get("replies_count")
    return Standing(
        id=str(status["id"]),
        text=plain(str(status.get("content") or "")),
        at=wire.instant_of(str(status.get("created_at") or "")),
        address=str(status.get("url") or ""),
        replies=replies if isinstance(replies, int) else NOT_OFFERED,
        is_answer=bool(status.get("in_reply_to_id")),
    )
