"""Who spoke to us or of us: the account's notifications, read forward although the network lists them backward.

The cursor is our own small JSON: `seen` is the newest instant read to the end; while a round is under way also `page`
(the network's cursor), `newest` (what `seen` becomes) so that a long silence is caught up page by page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from stoa.social.networks.bluesky.records import address_of
from stoa.social.networks.bluesky.session import account_of, ask, instant_of
from stoa.social.networks.protocol import Heard, Hearing, Line

PAGE = 50
OVERLAP = timedelta(seconds=10)
KINDS: Mapping[str, Literal["mention", "reply", "quote"]] = {"mention": "mention", "reply": "reply", "quote": "quote"}


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call. The first call of all reads one page and goes no further back."""
    state: dict[str, str] = json.loads(cursor) if cursor else {}
    answer = ask(
        over, "app.bsky.notification.listNotifications", limit=PAGE, reasons=list(KINDS), cursor=state.get("page", "")
    )
    notices = answer["notifications"]
    instants = [notice["indexedAt"] for notice in notices]
    newest = state.get("newest") or max(instants, key=instant_of, default=state.get("seen", ""))
    fresh = [notice for notice in notices if _is_fresh(notice, state.get("seen", ""))]
    items = tuple(_heard(notice) for notice in fresh if notice["reason"] in KINDS)
    next_page = answer.get("cursor", "")
    if state.get("seen") and next_page and notices and len(fresh) == len(notices):
        return Hearing(items, json.dumps({"seen": state["seen"], "page": next_page, "newest": newest}), more=True)
    return Hearing(items, json.dumps({"seen": newest}) if newest else "")


def _is_fresh(notice: Mapping[str, Any], seen: str) -> bool:
    return not seen or instant_of(notice["indexedAt"]) >= instant_of(seen) - OVERLAP


def _heard(notice: Mapping[str, Any]) -> Heard:
    record = notice["record"]
    reply = record.get("reply") or {}
    return Heard(
        kind=KINDS[notice["reason"]],
        id=notice["uri"],
        version=notice["cid"],
        author=account_of(notice["author"]),
        text=str(record.get("text", "")),
        at=instant_of(notice["indexedAt"]),
        address=address_of(notice["uri"]),
        in_reply_to=reply.get("parent", {}).get("uri", ""),
        root=reply.get("root", {}).get("uri", ""),
        about=notice.get("reasonSubject") or "",
        language=next(iter(record.get("langs") or []), ""),
    )
