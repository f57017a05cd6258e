"""How Plaza's API writes what it has: ids as text, addresses in full."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from stoa.social.networks.plaza.home.models import Account, Notice, Post


def of_account(account: Account) -> dict[str, Any]:
    return {
        "id": account.shown_id,
        "handle": account.handle,
        "name": account.name,
        "avatar": _absolute(reverse("plaza:avatar", kwargs={"handle": account.handle})),
        "address": _absolute(reverse("plaza:account", kwargs={"handle": account.handle})),
    }


def of_presence(account: Account, posts: list[Any]) -> dict[str, Any]:
    """The account as a stranger sees it; `posts` from `with_counts()`. Accounts that are not told their reach do not learn
    how many follow them either."""
    return {
        "account": of_account(account),
        "bio": account.bio,
        "links": [account.link] if account.link else [],
        "followers": account.crowd_followers if account.is_told_its_reach else None,
        "posts": [{**of_post(post), "replies": post.replies} for post in posts],
    }


def of_post(post: Post) -> dict[str, Any]:
    return {
        "id": post.shown_id,
        "author": of_account(post.author),
        "text": post.text,
        "language": post.language,
        "link": post.link,
        "in_reply_to": post.answered.shown_id if post.answered else "",
        "root": post.root.shown_id if post.root else "",
        "at": post.at.isoformat(),
        "address": _absolute(reverse("plaza:post", kwargs={"post_id": post.id})),
    }


def of_notice(notice: Notice) -> dict[str, Any]:
    return {"id": notice.shown_id, "kind": notice.kind, "post": of_post(notice.post)}


def of_readings(post: Any) -> dict[str, int | None]:
    """`post` from `with_counts()`. Accounts that are not told their reach get null."""
    return {
        "likes": post.likes,
        "reposts": post.reposts,
        "replies": post.replies,
        "reach": post.reach if post.author.is_told_its_reach else None,
    }


def _absolute(path: str) -> str:
    return f"{settings.STOA_URL}{path}"
