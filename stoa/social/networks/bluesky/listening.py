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
from stoa.social.networks.bluesky.session import account_of, ask
from stoa.social.networks.given import instant, part, rows, word
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
    notices = rows(answer, "notifications")
    instants = [word(notice, "indexedAt") for notice in notices]
    newest = state.get("newest") or max(instants, key=instant, default="") or state.get("seen", "")
    fresh = [notice for notice in notices if _is_fresh(notice, state.get("seen", ""))]
    items = tuple(found for notice in fresh if (found := _heard(notice)))
    next_page = word(answer, "cursor")
    if state.get("seen") and next_page and notices and len(fresh) == len(notices):
        return Hearing(items, json.dumps({"seen": state["seen"], "page": next_page, "newest": newest}), more=True)
    return Hearing(items, json.dumps({"seen": newest}) if newest else "")


def _is_fresh(notice: Mapping[str, Any], seen: str) -> bool:
    return not seen or instant(notice.get("indexedAt")) >= instant(seen) - OVERLAP


def _heard(notice: Mapping[str, Any]) -> Heard | None:
    """None for what is no answer, mention or quote of somebody."""
    record, id, author = part(notice, "record"), word(notice, "uri"), account_of(part(notice, "author"))
    kind, langs = KINDS.get(word(notice, "reason")), record.get("langs")
    if kind is None or not id or not author.id:
        return None
    return Heard(
        kind=kind,
        id=id,
        version=word(notice, "cid") or id,
        author=author,
        text=word(record, "text"),
        at=instant(notice.get("indexedAt")),
        address=address_of(id),
        in_reply_to=word(part(record, "reply", "parent"), "uri"),
        root=word(part(record, "reply", "root"), "uri"),
        about=word(notice, "reasonSubject"),
        language=next((each for each in langs if isinstance(each, str)), "") if isinstance(langs, list) else "",
    )
