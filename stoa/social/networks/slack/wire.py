"""Calls to Slack as a bot, and what each of its answers means (docs.slack.dev/apis/web-api). A failure is a 200 that says `"ok": false`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from stoa.social.networks.calling import stream
from stoa.social.networks.given import part, rows, word
from stoa.social.networks.multipart import Film
from stoa.social.networks.protocol import (
    Gone,
    Line,
    NotSent,
    Picture,
    Reconnect,
    Refused,
    Response,
    TryLater,
    Unknown,
    Video,
)
from stoa.social.networks.waits import seconds

API = "https://slack.com/api"
SECONDS, UPLOAD_SECONDS = 30.0, 120.0
OVER = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required"}
LOST = {"message_not_found", "thread_not_found", "cannot_reply_to_message", "file_not_found", "file_deleted"}
UNCLEAR = {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}
LATER = {"ratelimited", "rate_limited", "message_limit_exceeded"}
INVITE = "Invite the bot to the channel there: /invite and its name."
MENDS = {
    "is_archived": "Take the channel out of the archive there, or connect another one.",
    "not_in_channel": INVITE,
    "channel_not_found": INVITE,
    "missing_scope": "Give the app the scopes that setting up names, install it again, and connect again.",
    "msg_too_long": "Shorten the text.",
    "msg_blocks_too_long": "Shorten the text.",
    "no_text": "Write a text.",
    "alt_txt_too_large": "Shorten the description.",
    "file_uploads_disabled": "Take the pictures out, or let the workspace allow files.",
    "cant_delete_message": "Delete it there by hand.",
    "cant_update_message": "Change it there by hand.",
    "edit_window_closed": "Change it there by hand: the workspace lets nobody edit any more.",
    "restricted_action": "Let the workspace’s administrators allow the app to post in this channel.",
}
WORDS = {
    "is_archived": "the channel is archived",
    "not_in_channel": "the bot is not in the channel",
    "channel_not_found": "the bot does not see this channel",
    "missing_scope": "the app lacks a scope",
    "msg_too_long": "the text is too long",
    "msg_blocks_too_long": "the text is too long",
}


def read(over: Line, method: str, **parameters: Any) -> Mapping[str, Any]:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    query = urlencode({name: value for name, value in parameters.items() if value not in ("", None)})
    try:
        return answer_of(_ask(over, "GET", method + (f"?{query}" if query else "")))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """May have been done when this raises `Unknown`."""
    return answer_of(_ask(over, "POST", method, body=body))


def pages(over: Line, method: str, name: str, at_most: int, **parameters: Any) -> Iterator[list[Mapping[str, Any]]]:
    """Up to so many pages of a list. Raises `TryLater` when there are more: what was not looked at is not called absent."""
    cursor = ""
    for _page in range(at_most):
        found = read(over, method, cursor=cursor, **parameters)
        yield rows(found, name)
        cursor = word(part(found, "response_metadata"), "next_cursor")
        if not cursor:
            return
    raise TryLater("So much was said there since that it could not be found out.", after=3600.0)


def store(over: Line, shown: Picture | Video, name: str) -> str:
    """Brings a picture with its description, or a video, to Slack and gives the file's id. Until it is shared nobody sees it, so that
    storing again is harmless."""
    try:
        asked = {"filename": name, "length": shown.size} if isinstance(shown, Video) else of_picture(shown, name)
        form = urlencode({key: value for key, value in asked.items() if value}).encode()
        kind = "application/x-www-form-urlencoded"
        place = answer_of(_ask(over, "POST", "files.getUploadURLExternal", content=form, kind=kind))
        address = str(place.get("upload_url") or "")
        if urlsplit(address).scheme != "https" or not is_slack(address) or not place.get("file_id"):
            raise NotSent("The post was not sent, because Slack did not say where pictures go.")
        taken = bring(over, address, shown)
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble
    if taken.status != 200:
        raise NotSent(f"The post was not sent, because storing a picture was answered with {taken.status}.")
    return str(place["file_id"])


def of_picture(picture: Picture, name: str) -> dict[str, Any]:
    return {"filename": name, "length": len(picture.content), "alt_txt": picture.alt}


def bring(over: Line, address: str, shown: Picture | Video) -> Response:
    headers = {"content-type": shown.mime}
    if isinstance(shown, Video):
        return stream(over.http, "POST", address, Film(shown), headers=headers, timeout=UPLOAD_SECONDS)
    return over.http.request("POST", address, headers=headers, content=shown.content, timeout=UPLOAD_SECONDS)


def is_slack(address: str) -> bool:
    host = (urlsplit(address).hostname or "").lower()
    return host == "slack.com" or host.endswith(".slack.com")


def instant_of(ts: str) -> datetime:
    """The instant that a message's number tells (seconds since 1970 and a count)."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (OSError, OverflowError, TypeError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def answer_of(response: Response) -> Mapping[str, Any]:
    """The JSON of a success, or the trouble that the error's name stands for."""
    if response.status == 429:
        raise TryLater("Slack asks us to slow down.", after=patience(response.headers))
    try:
        body = response.json() if response.body else {}
    except ValueError:
        body = None
    told = body if isinstance(body, dict) else {}
    if 200 <= response.status < 300 and told.get("ok") is True:
        return told
    error = str(told.get("error") or "")
    if not re.fullmatch(r"[a-z_]{2,60}", error) or response.status >= 500 or error in UNCLEAR:
        raise Unknown(f"Slack answered {response.status}{f' ({error[:60]})' if error else ''}.")
    if error in LATER:
        raise TryLater("Slack asks us to slow down.", after=patience(response.headers))
    if error in OVER:
        raise Reconnect("Slack no longer accepts this bot’s token.")
    if error in LOST:
        raise Gone("This message is not there any more.")
    lacking = f" ({told['needed']})" if error == "missing_scope" and isinstance(told.get("needed"), str) else ""
    said = WORDS.get(error, error.replace("_", " ")) + lacking[:80]
    mend = MENDS["restricted_action"] if error.startswith("restricted_action") else MENDS.get(error, "")
    raise Refused(f"Slack refused this: {said}.", mend=mend or "Change the post and try again.")


def patience(headers: Mapping[str, str]) -> float:
    """Seconds to wait, as the header says."""
    low = {name.lower(): value for name, value in headers.items()}
    asked = seconds(low.get("retry-after"))
    return 60.0 if asked is None else asked


def _ask(
    over: Line,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    kind: str = "application/json; charset=utf-8",
) -> Response:
    headers = {"authorization": f"Bearer {over.credentials['token']}"}
    headers |= {"content-type": kind} if method == "POST" else {}
    return over.http.request(method, f"{API}/{path}", headers=headers, json=body, content=content, timeout=SECONDS)
