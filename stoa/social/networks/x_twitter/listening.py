"""Who spoke to us: the account's mentions, which answers to our posts are as well. X takes money for each one that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from stoa.social.networks.protocol import Account, Heard, Hearing, Line
from stoa.social.networks.x_twitter import wire
from stoa.social.networks.x_twitter.texts import plain

FIRST, PAGE = 10, 100  # the first look ever goes back so far and no further: it costs
OVERLAP = 60_000 << 22  # a minute, as ids count time: what X counted late; within a day X takes no money for it twice
BESIDE = "author_id,in_reply_to_user_id,referenced_posts"
FIELDS = "created_at,conversation_id,display_text_range,entities,lang,id,text"


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call, the newest first. `cursor`: from which id on; within several pages also the newest one, and X's own token."""
    since, _, rest = cursor.partition(":")
    newest, _, token = rest.partition(":")
    found = wire.read(
        over, f"/users/{over.credentials['account']}/mentions", post_fields=FIELDS, expansions=BESIDE,
        user_fields="name,username,profile_image_url", max_results=PAGE if since else FIRST,
        since_id=since, pagination_token=token,
    )  # fmt: skip
    people = {wire.id_of(each): each for each in wire.listed(wire.part(found, "includes"), "users")}
    posts = [each for each in wire.listed(found, "data") if wire.id_of(each)]
    ours = own_among(wire.listed(wire.part(found, "includes"), "posts"), over)
    spoke = [each for each in posts if wire.id_of(each, "author_id") in people]
    items = tuple(heard(each, people[wire.id_of(each, "author_id")], ours, over) for each in spoke)
    newest = newest or str(max((int(each["id"]) for each in posts), default=0))
    after = wire.text_of(wire.part(found, "meta"), "next_token")
    if since and after and after != token and len(after) < 300:
        return Hearing(items, f"{since}:{newest}:{after}", more=True)
    return Hearing(items, str(max(int(newest) - OVERLAP, number(since), 1)), more=False)


def number(id: str) -> int:
    return int(id) if id.isascii() and id.isdigit() else 0


def own_among(posts: list[Any], over: Line) -> frozenset[str]:
    """Ids of our own posts among those that were answered or quoted."""
    own = over.credentials["account"]
    return frozenset(wire.id_of(each) for each in posts if wire.id_of(each, "author_id") == own)


def heard(post: Mapping[str, Any], user: Mapping[str, Any], ours: frozenset[str], over: Line) -> Heard:
    id, author = wire.id_of(post), account_of(user)
    answered, quoted = named_as("replied_to", post), named_as("quoted", post)
    to_us = answered in ours or wire.id_of(post, "in_reply_to_user_id") == over.credentials["account"]
    kind: Literal["mention", "reply", "quote"] = "mention"
    if answered and to_us:
        kind = "reply"
    elif quoted in ours:
        kind = "quote"
    return Heard(
        kind=kind, id=id, version=id, author=author, text=plain(post), at=wire.instant_of(wire.text_of(post, "created_at")),
        address=address_of(author.handle, id), in_reply_to=answered, root=wire.id_of(post, "conversation_id") if answered else "",
        about={"reply": answered, "quote": quoted, "mention": ""}[kind], language=wire.text_of(post, "lang")[:20],
    )  # fmt: skip


def named_as(how: str, post: Mapping[str, Any]) -> str:
    """The post that this one answers or quotes. X has written the same under two names."""
    named = wire.listed(post, "referenced_posts") or wire.listed(post, "referenced_tweets")
    return next((wire.id_of(each) for each in named if wire.text_of(each, "type") == how), "")


def account_of(user: Mapping[str, Any]) -> Account:
    handle, avatar = wire.text_of(user, "username")[:50], wire.text_of(user, "profile_image_url")
    return Account(
        id=wire.id_of(user), handle=handle, name=wire.text_of(user, "name")[:200],
        avatar=avatar if avatar.startswith("https://") else "", address=f"https://x.com/{handle}",
    )  # fmt: skip


def address_of(handle: str, id: str) -> str:
    return f"https://x.com/{handle or 'i'}/status/{id}"
