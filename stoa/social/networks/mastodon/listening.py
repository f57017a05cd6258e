"""Who spoke to us or of us: the account's notifications, oldest first from where the last call ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from stoa.social.networks.mastodon import wire
from stoa.social.networks.mastodon.texts import plain
from stoa.social.networks.protocol import Account, Gone, Heard, Hearing, Line

PAGE = 40
KINDS: Mapping[str, Literal["mention", "reply", "quote"]] = {"mention": "mention", "quote": "quote"}


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call; `cursor` is the newest notification that was read. The first call of all goes no further back than a page."""
    asked = {"min_id": cursor} if cursor else {}
    notices = wire.read(over, "v1/notifications", limit=PAGE, **{"types[]": list(KINDS)}, **asked)
    items = tuple(heard(each, over) for each in notices if is_public(each))
    newest = max((str(each["id"]) for each in notices), key=order, default=cursor)
    return Hearing(items, newest, more=bool(cursor) and len(notices) == PAGE)


def is_public(notice: Mapping[str, Any]) -> bool:
    """What was said to us alone stays there: an inbox of many would answer it in public."""
    status = notice.get("status") or {}
    return (
        notice.get("type") in KINDS and status.get("visibility", "public") in ("public", "unlisted") and "id" in status
    )


def order(id: str) -> tuple[int, str]:
    """Ids are numbers written as text; another server may use longer ones."""
    return len(id), id


def heard(notice: Mapping[str, Any], over: Line) -> Heard:
    status, own = notice["status"], over.credentials["account"]
    answered = str(status.get("in_reply_to_id") or "")
    is_ours = str(status.get("in_reply_to_account_id") or "") == own
    kind: Literal["mention", "reply", "quote"] = "reply" if is_ours else KINDS[notice["type"]]
    quoted = (status.get("quote") or {}).get("quoted_status") or {}
    return Heard(
        kind=kind,
        id=str(status["id"]),
        version=str(status.get("edited_at") or status["id"]),
        author=account_of(status["account"], over.credentials["server"]),
        text=plain(str(status.get("content") or "")),
        at=wire.instant_of(str(notice.get("created_at") or "")),
        address=str(status.get("url") or ""),
        in_reply_to=answered,
        root=root_of(status, over) if answered else "",
        about=answered if is_ours else str(quoted.get("id") or "") if kind == "quote" else "",
        language=str(status.get("language") or ""),
    )


def root_of(status: Mapping[str, Any], over: Line) -> str:
    """The first post of the thread; the one that was answered, when the server does not show the rest."""
    try:
        ancestors = wire.read(over, f"v1/statuses/{status['id']}/context")["ancestors"]
    except (Gone, KeyError):
        ancestors = []
    return str(ancestors[0]["id"]) if ancestors else str(status["in_reply_to_id"])


def account_of(account: Mapping[str, Any], server: str) -> Account:
    handle, host = str(account["acct"]), server.partition("://")[2].lower()
    return Account(
        id=f"{account['id']}@{host}",  # numbers are given by each server for itself
        handle=handle if "@" in handle else f"{handle}@{host}",
        name=str(account.get("display_name") or ""),
        avatar=str(account.get("avatar_static") or account.get("avatar") or ""),
        address=str(account.get("url") or ""),
    )
