"""Who answered us or mentioned us: the account's two inboxes, the newest first, back to where the last call ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from stoa.social.networks.given import instant, listed, part, word
from stoa.social.networks.lemmy import wire
from stoa.social.networks.protocol import Account, Heard, Hearing, Line

PAGE, FOLLOWED_BACK = 50, 20
INBOXES: tuple[tuple[Literal["reply", "mention"], str, str, str], ...] = (
    ("reply", "user/replies", "replies", "comment_reply"),
    ("mention", "user/mention", "mentions", "person_mention"),
)


def listen(cursor: str, over: Line) -> Hearing:
    """`cursor` is the newest notice that was read in each inbox. The first call of all reads one page of each."""
    known = [int(each) if each.isdecimal() else 0 for each in (*cursor.split(","), "", "")[:2]]
    items: dict[str, Heard] = {}
    reached = []
    for seen, (kind, path, name, notice) in zip(known, INBOXES, strict=True):
        newest = seen
        for number in range(1, (FOLLOWED_BACK if cursor else 1) + 1):
            page = listed(wire.read(over, path, sort="New", limit=PAGE, page=number, unread_only="false"), name)
            fresh = [each for each in page if number_of(part(each, notice)) > seen]
            newest = max([newest, *(number_of(part(each, notice)) for each in fresh)])
            for each in fresh:
                if (found := heard(kind, each, over)) and found.id not in items:  # an answer may mention us too
                    items[found.id] = found
            if len(page) < PAGE or len(fresh) < len(page):
                break
        reached.append(str(newest))
    return Hearing(tuple(items.values()), ",".join(reached))


def number_of(row: Mapping[str, Any]) -> int:
    id = row.get("id")
    return id if type(id) is int and 0 < id < 2**63 else 0


def heard(kind: Literal["reply", "mention"], notice: Mapping[str, Any], over: Line) -> Heard | None:
    """None for what was taken back meanwhile."""
    comment, creator = part(notice, "comment"), part(notice, "creator")
    id, post = number_of(comment), number_of(part(notice, "post"))
    if not id or not post or not word(creator, "actor_id") or comment.get("deleted") or comment.get("removed"):
        return None
    answered = parent_of(comment, post)
    return Heard(
        kind=kind,
        id=f"comment/{id}",
        version=str(comment.get("updated") or id),
        author=account_of(creator),
        text=str(comment.get("content") or ""),
        at=instant(comment.get("published")),
        address=f"{over.credentials['server']}/comment/{id}",
        in_reply_to=answered,
        root=f"post/{post}",
        about=answered if kind == "reply" else "",
    )


def parent_of(comment: Mapping[str, Any], post: int) -> str:
    """What a comment answers: its path is "0", then the comments above it, then itself."""
    above = str(comment.get("path") or "").split(".")[:-1]
    return f"comment/{above[-1]}" if above and above[-1].isdecimal() and above[-1] != "0" else f"post/{post}"


def account_of(person: Mapping[str, Any]) -> Account:
    """Numbers are given by each server for itself; the actor's address is the same everywhere."""
    address, name = word(person, "actor_id"), word(person, "name")
    handle = f"{name}@{wire.host_of(address)}"
    return Account(address, handle, word(person, "display_name", "name"), word(person, "avatar"), address)
