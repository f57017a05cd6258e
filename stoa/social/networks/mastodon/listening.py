"""Who spoke to us or of us: the account's notifications, oldest first from where the last call ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from stoa.social.networks.given import instant, listed, part, rows, word
from stoa.social.networks.mastodon import wire
from stoa.social.networks.mastodon.texts import plain
from stoa.social.networks.protocol import Account, Gone, Heard, Hearing, Line

PAGE = 40
KINDS: Mapping[str, Literal["mention", "reply", "quote"]] = {"mention": "mention", "quote": "quote"}


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call; `cursor` is the newest notification that was read. The first call of all goes no further back than a page."""
    asked = {"min_id": cursor} if cursor else {}
    notices = rows(wire.read(over, "v1/notifications", limit=PAGE, **{"types[]": list(KINDS)}, **asked))
    items = tuple(heard(each, over) for each in notices if is_public(each))
    newest = max((id for each in notices if 0 < len(id := word(each, "id")) < 100), key=order, default=cursor)
    return Hearing(items, newest, more=bool(cursor) and len(notices) == PAGE)


def is_public(notice: Mapping[str, Any]) -> bool:
    """What was said to us alone stays there: an inbox of many would answer it in public."""
    status = part(notice, "status")
    is_told = word(notice, "type") in KINDS and bool(word(status, "id")) and bool(word(part(status, "account"), "id"))
    return is_told and status.get("visibility", "public") in ("public", "unlisted")


def order(id: str) -> tuple[int, str]:
    """Ids are numbers written as text; another server may use longer ones."""
    return len(id), id


def heard(notice: Mapping[str, Any], over: Line) -> Heard:
    status, own = part(notice, "status"), over.credentials["account"]
    answered = word(status, "in_reply_to_id")
    is_ours = word(status, "in_reply_to_account_id") == own
    kind: Literal["mention", "reply", "quote"] = "reply" if is_ours else KINDS[notice["type"]]
    quoted = part(status, "quote", "quoted_status")
    return Heard(
        kind=kind,
        id=word(status, "id"),
        version=word(status, "edited_at", "id"),
        author=account_of(part(status, "account"), over.credentials["server"]),
        text=plain(word(status, "content")),
        at=instant(notice.get("created_at")),
        address=word(status, "url"),
        in_reply_to=answered,
        root=root_of(status, over) if answered else "",
        about=answered if is_ours else word(quoted, "id") if kind == "quote" else "",
        language=word(status, "language"),
    )


def root_of(status: Mapping[str, Any], over: Line) -> str:
    """The first post of the thread; the one that was answered, when the server does not show the rest."""
    try:
        ancestors = listed(wire.read(over, f"v1/statuses/{word(status, 'id')}/context"), "ancestors")
    except Gone:
        ancestors = []
    return (word(ancestors[0], "id") if ancestors else "") or word(status, "in_reply_to_id")


def account_of(account: Mapping[str, Any], server: str) -> Account:
    handle, host = word(account, "acct", "id"), server.partition("://")[2].lower()
    return Account(
        id=f"{word(account, 'id')}@{host}",  # numbers are given by each server for itself
        handle=handle if "@" in handle else f"{handle}@{host}",
        name=word(account, "display_name"),
        avatar=word(account, "avatar_static", "avatar"),
        address=word(account, "url"),
    )
