"""The account as a stranger sees it: its profile and its last public posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stoa.social.networks.given import counted, instant, listed, row, rows, word
from stoa.social.networks.markup import links_in, unescaped
from stoa.social.networks.mastodon import wire
from stoa.social.networks.mastodon.listening import account_of
from stoa.social.networks.mastodon.texts import plain
from stoa.social.networks.protocol import Line, Presence, Standing

SHOWN = 20
NO_PICTURE = "/missing.png"  # what servers show in the place of one
PUBLIC = ("public", "unlisted")


def present(over: Line) -> Presence:
    path = f"v1/accounts/{over.credentials['account']}"
    found = row(wire.read(over, path))
    pinned = listed(wire.read(over, f"{path}/statuses", pinned="true", limit=1))
    posts = rows(wire.read(over, f"{path}/statuses", limit=SHOWN, exclude_reblogs="true"))
    note, told = word(found, "note"), " ".join(word(each, "value") for each in listed(found, "fields"))
    portrait = word(found, "avatar_static", "avatar")
    return Presence(
        account=account_of(found, over.credentials["server"]),
        bio=plain(note),
        links=links_in(unescaped(f"{told} {note}")),
        has_picture=bool(portrait) and not portrait.endswith(NO_PICTURE),
        pinned=plain(word(pinned[0], "content")) if pinned else "",
        followers=counted(found, "followers_count"),  # a server that hides it says -1
        posts=tuple(standing(each) for each in posts if is_public(each)),
    )


def is_public(status: Mapping[str, Any]) -> bool:
    return bool(word(status, "id")) and status.get("visibility", "public") in PUBLIC


def standing(status: Mapping[str, Any]) -> Standing:
    return Standing(
        id=word(status, "id"),
        text=plain(word(status, "content")),
        at=instant(status.get("created_at")),
        address=word(status, "url", "uri"),
        replies=counted(status, "replies_count"),
        is_answer=bool(status.get("in_reply_to_id")),
    )
