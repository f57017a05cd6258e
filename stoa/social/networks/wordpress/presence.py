"""The site as a stranger sees it: read without a password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stoa.social.networks.markup import unescaped
from stoa.social.networks.protocol import NOT_OFFERED, Account, Line, Presence, Standing
from stoa.social.networks.wordpress import wire
from stoa.social.networks.wordpress.texts import plain

SHOWN = 5


def presence(over: Line) -> Presence:
    """What it says of itself, what is pinned, and its last posts with the number of their comments."""
    home, stranger = over.credentials["server"], Line(over.http, {**over.credentials, "token": ""})
    _rest, told = wire.found_at(over.http, home)
    name = unescaped(str(told.get("name") or ""))[:200]
    pinned = wire.rows(stranger, "posts", sticky="true", per_page=1)
    posts = wire.rows(stranger, "posts", per_page=SHOWN)
    return Presence(
        account=account_of(over.credentials["id"], home, name, icon_of(told)),
        bio=unescaped(str(told.get("description") or "")),
        has_picture=bool(told["site_icon"]) if "site_icon" in told else None,
        pinned=plain(pinned[0].get("title")) if pinned else "",
        posts=tuple(standing(each, stranger) for each in posts),
    )


def standing(post: Mapping[str, Any], over: Line) -> Standing:
    comments = wire.total(over, "comments", post=post["id"])
    return Standing(
        id=str(post["id"]),
        text="\n\n".join(part for part in (plain(post.get("title")), plain(post.get("content"))) if part),
        at=wire.instant_of(post.get("date_gmt")),
        address=str(post.get("link") or ""),
        replies=NOT_OFFERED if comments is None else comments,
    )


def account_of(user: str, home: str, name: str, icon: str) -> Account:
    """The site as this user: its number never changes there."""
    place = home.partition("://")[2]
    return Account(id=f"{user}@{place}"[:200], handle=place[:200], name=name or place[:200], avatar=icon, address=home)


def icon_of(told: Mapping[str, Any]) -> str:
    icon = str(told.get("site_icon_url") or "")
    return icon[:500] if icon.startswith(("https://", "http://")) else ""
