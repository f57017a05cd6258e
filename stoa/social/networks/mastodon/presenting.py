"""The account as a stranger sees it: its profile and its last public posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stoa.social.networks.markup import links_in, unescaped
from stoa.social.networks.mastodon import wire
from stoa.social.networks.mastodon.listening import account_of
from stoa.social.networks.mastodon.texts import plain
from stoa.social.networks.protocol import NOT_OFFERED, Line, NotOffered, Presence, Standing

SHOWN = 20
NO_PICTURE = "/missing.png"  # what servers show in the place of one
PUBLIC = ("public", "unlisted")


def present(over: Line) -> Presence:
    path = f"v1/accounts/{over.credentials['account']}"
    found = wire.read(over, path)
    pinned = wire.read(over, f"{path}/statuses", pinned="true", limit=1)
    posts = wire.read(over, f"{path}/statuses", limit=SHOWN, exclude_reblogs="true")
    note, fields = str(found.get("note") or ""), found.get("fields") or []
    told = " ".join(str(each.get("value") or "") for each in fields)
    portrait = str(found.get("avatar_static") or found.get("avatar") or "")
    return Presence(
        account=account_of(found, over.credentials["server"]),
        bio=plain(note),
        links=links_in(unescaped(f"{told} {note}")),
        has_picture=bool(portrait) and not portrait.endswith(NO_PICTURE),
        pinned=plain(str(pinned[0].get("content") or "")) if pinned else "",
        followers=counted(found.get("followers_count")),
        posts=tuple(standing(each) for each in posts if each.get("visibility", "public") in PUBLIC),
    )


def standing(status: Mapping[str, Any]) -> Standing:
    return Standing(
        id=str(status["id"]),
        text=plain(str(status.get("content") or "")),
        at=wire.instant_of(str(status.get("created_at") or "")),
        address=str(status.get("url") or status.get("uri") or ""),
        replies=counted(status.get("replies_count")),
        is_answer=bool(status.get("in_reply_to_id")),
    )


def counted(value: Any) -> int | NotOffered:
    """-1 is what a server says that hides the number of followers."""
    return value if type(value) is int and value >= 0 else NOT_OFFERED
