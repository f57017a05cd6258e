"""The account as a stranger sees it: its profile and its last posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stoa.social.networks.bluesky.records import address_of
from stoa.social.networks.bluesky.session import account_of, ask
from stoa.social.networks.given import counted, instant, listed, part, rows, word
from stoa.social.networks.markup import links_in
from stoa.social.networks.protocol import Line, Presence, Standing

SHOWN = 20


def present(over: Line) -> Presence:
    did = over.credentials["did"]
    profile = ask(over, "app.bsky.actor.getProfile", actor=did)
    told = ask(over, "app.bsky.feed.getAuthorFeed", actor=did, limit=SHOWN, filter="posts_with_replies")
    feed = [part(each, "post") for each in rows(told, "feed") if "reason" not in each]
    own = [each for each in feed if part(each, "author").get("did") == did and word(each, "uri")]
    bio = word(profile, "description")
    return Presence(
        account=account_of({**profile, "did": did}),
        bio=bio,
        links=links_in(bio),
        has_picture=bool(profile.get("avatar")),
        pinned=pinned_text(profile, over),
        followers=counted(profile, "followersCount"),
        posts=tuple(standing(each) for each in own),
    )


def pinned_text(profile: Mapping[str, Any], over: Line) -> str:
    pinned = word(part(profile, "pinnedPost"), "uri")
    found = listed(ask(over, "app.bsky.feed.getPosts", uris=[pinned]), "posts") if pinned else []
    return word(part(found[0], "record"), "text") if found else ""


def standing(post: Mapping[str, Any]) -> Standing:
    record, id = part(post, "record"), word(post, "uri")
    return Standing(
        id=id,
        text=word(record, "text"),
        at=instant(record.get("createdAt")),
        address=address_of(id),
        replies=counted(post, "replyCount"),
        is_answer=bool(record.get("reply")),
    )
