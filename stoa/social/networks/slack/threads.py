"""Messages of the channel: our own ones, one by its number, and what ties a message to what we sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from stoa.social.networks.given import listed, part
from stoa.social.networks.protocol import Gone, Line, Outgoing, Published, Unknown
from stoa.social.networks.slack import wire, words

EVENT = "stoa_post"
PAGE, FOLLOWED_BACK = 200, 5  # messages a page, and pages that are read to find one again
EARLIER = timedelta(minutes=10)  # by how much Slack's clock may be behind ours


def metadata(outgoing: Outgoing) -> dict[str, Any]:
    """Our key beside the message: seen by programs alone."""
    return {"event_type": EVENT, "event_payload": {"key": outgoing.key}}


def one(over: Line, ts: str) -> Mapping[str, Any]:
    """The message of that number, in the channel or in a thread. Raises `Gone`."""
    asked = {"ts": ts, "oldest": ts, "latest": ts, "inclusive": "true", "limit": 15}
    for page in wire.pages(over, "conversations.replies", "messages", 1, channel=over.credentials["channel"], **asked):
        for message in page:
            if message.get("ts") == ts and message.get("subtype") != "tombstone":
                return message
    raise Gone("This message is not there any more.")


def root_of(message: Mapping[str, Any]) -> str:
    """The message that its thread hangs on; itself, where it is in none."""
    return str(message.get("thread_ts") or message.get("ts") or "")


def is_ours(message: Mapping[str, Any], over: Line) -> bool:
    return bool(message.get("user")) and message.get("user") == over.credentials["bot"]


def sent_since(outgoing: Outgoing, over: Line) -> Iterable[Mapping[str, Any]]:
    """The bot's messages where this one would stand, the newest first, back to when it was made."""
    asked = {"oldest": f"{(outgoing.made_at - EARLIER).timestamp():.6f}", "limit": PAGE, "include_all_metadata": "true"}
    method, channel = "conversations.history", over.credentials["channel"]
    if outgoing.answers:
        method, asked = "conversations.replies", {**asked, "ts": root_of(one(over, outgoing.answers))}
    for page in wire.pages(over, method, "messages", FOLLOWED_BACK, channel=channel, **asked):
        yield from (message for message in page if is_ours(message, over))


def is_it(message: Mapping[str, Any], outgoing: Outgoing, handle: str) -> bool:
    """By our key; of pictures by their files, whose names hold it. Where Slack shows us neither: by our link's code, or the words."""
    files = listed(message, "files")
    if files and outgoing.key and any(str(each.get("name")).startswith(f"{outgoing.key}-") for each in files):
        return True
    if files and handle:
        return any(each.get("id") in handle.split("+") for each in files)
    payload = part(message, "metadata", "event_payload")
    if payload:
        return bool(payload.get("key") == outgoing.key)
    said = str(message.get("text") or "")
    return outgoing.marker in said if outgoing.marker else words.same(said, outgoing.text)


def published(message: Any, over: Line) -> Published:
    if not isinstance(message, Mapping) or not isinstance(message.get("ts"), str) or not message["ts"]:
        raise Unknown("Slack’s answer does not name the message.")
    ts = message["ts"]
    edited = message.get("edited")
    version = str(edited.get("ts")) if isinstance(edited, Mapping) else ts
    return Published(ts, version, address_of(ts, root_of(message), over), wire.instant_of(ts))


def address_of(ts: str, root: str, over: Line) -> str:
    """The address that opens it for the workspace's members."""
    home, channel = over.credentials["home"].rstrip("/"), over.credentials["channel"]
    thread = f"?thread_ts={root}&cid={channel}" if root and root != ts else ""
    return f"{home}/archives/{channel}/p{ts.replace('.', '')}{thread}"
