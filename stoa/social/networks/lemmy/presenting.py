"""The community as a stranger sees it, and our last posts in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stoa.social.networks.given import instant, listed, part
from stoa.social.networks.lemmy import joining, wire
from stoa.social.networks.lemmy.listening import number_of
from stoa.social.networks.markup import links_in
from stoa.social.networks.protocol import NOT_OFFERED, Line, NotOffered, Presence, Standing

SHOWN = 20


def present(over: Line) -> Presence:
    view = part(wire.read(over, "community", id=over.credentials["community"]), "community_view")
    community = part(view, "community")
    asked = {"person_id": over.credentials["person"], "community_id": over.credentials["community"]}
    found = listed(wire.read(over, "user", sort="New", limit=SHOWN, **asked), "posts")
    own = [each for each in found if is_here(part(each, "post"), over)]
    pinned = next((part(each, "post") for each in own if part(each, "post").get("featured_community")), {})
    told = str(community.get("description") or "")
    return Presence(
        account=joining.account_of(community),
        bio=told,
        links=links_in(told),
        has_picture=bool(community.get("icon")),
        pinned=words_of(pinned),
        followers=counted(part(view, "counts").get("subscribers")),
        posts=tuple(standing(each, over) for each in own),
    )


def is_here(post: Mapping[str, Any], over: Line) -> bool:
    stands = not post.get("deleted") and not post.get("removed")
    return bool(number_of(post)) and stands and str(post.get("community_id")) == over.credentials["community"]


def words_of(post: Mapping[str, Any]) -> str:
    return "\n\n".join(str(each) for each in (post.get("name"), post.get("body")) if each)


def standing(view: Mapping[str, Any], over: Line) -> Standing:
    post = part(view, "post")
    id = f"post/{number_of(post)}"
    return Standing(
        id=id,
        text=words_of(post),
        at=instant(post.get("published")),
        address=f"{over.credentials['server']}/{id}",
        replies=counted(part(view, "counts").get("comments")),
    )


def counted(value: Any) -> int | NotOffered:
    return value if type(value) is int and value >= 0 else NOT_OFFERED
