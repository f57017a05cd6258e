"""Calls to YouTube's Data API, and what each of its answers means (developers.google.com/youtube/v3/docs/errors)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from stoa.social.networks.protocol import (
    Expired,
    Gone,
    Line,
    Reconnect,
    Refused,
    Response,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.waits import instant, retry_after

API = "https://www.googleapis.com/youtube/v3"
SECONDS = 30.0
PACIFIC = ZoneInfo("America/Los_Angeles")  # Google counts a day there
A_DAY = ("quotaExceeded", "dailyLimitExceeded", "uploadLimitExceeded")
A_WHILE = ("rateLimitExceeded", "userRateLimitExceeded", "uploadRateLimitExceeded", "concurrentLimitExceeded")
CLOSED = ("authenticatedUserAccountClosed", "authenticatedUserAccountSuspended", "accountClosed", "accountSuspended", "channelClosed",
          "channelSuspended", "youtubeSignupRequired")  # fmt: skip
MENDS = {
    "invalidTitle": "Write another first line: at most 100 characters, without < and >.",
    "invalidDescription": "Shorten the text, and take out < and >.",
    "invalidTags": "Use fewer or shorter hashtags.",
    "commentsDisabled": "Open comments for this video in YouTube Studio.",
    "insufficientPermissions": "Sign in again, and allow all that is asked.",
}


def read(over: Line, path: str, **parameters: Any) -> Mapping[str, Any]:
    """Reading harms nobody, so its trouble is never *unknown*."""
    query = urlencode({name: each for name, each in parameters.items() if each not in ("", None)})
    try:
        return body_of(ask(over, "GET", f"{API}/{path}?{query}"))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(
    over: Line, method: str, path: str, body: Mapping[str, Any] | None = None, **parameters: Any
) -> Mapping[str, Any]:
    """May have been done when this raises `Unknown`. What is taken down answers with nothing."""
    response = ask(over, method, f"{API}/{path}?{urlencode(parameters)}", body=body)
    return {} if response.status == 204 else body_of(response)


def ask(
    over: Line,
    method: str,
    address: str,
    *,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> Response:
    sent = {"authorization": f"Bearer {over.credentials['token']}", **(headers or {})}
    return over.http.request(method, address, headers=sent, json=body, content=content, timeout=seconds)


def body_of(response: Response) -> Mapping[str, Any]:
    """The JSON of a success, or the trouble that the status and Google's reason stand for."""
    body = json_of(response)
    if 200 <= response.status < 300:
        if body is None:
            raise Unknown("YouTube’s answer could not be read.")
        return body
    raise trouble_of(response)


def trouble_of(response: Response) -> Trouble:
    error = part(json_of(response), "error")
    words = text_of(error, "message")[:300]
    reason = next((text_of(each, "reason") for each in listed(error, "errors")), "")
    if reason in A_DAY:
        said = "YouTube takes no more for today. It counts anew at midnight in California."
        return TryLater(said, after=until_midnight(response.headers))
    if response.status == 429 or reason in A_WHILE:
        return TryLater("YouTube asks us to slow down.", after=retry_after(response.headers, 60.0))
    if reason in CLOSED:
        return Reconnect(f"Google has closed this account or its channel: {words}")
    if response.status == 401:
        return Expired("Google no longer accepts what opens this account.")
    if response.status in (404, 410) and words:
        return Gone(words)
    if 400 <= response.status < 500 and words:
        return Refused(f"YouTube refused this: {words}", MENDS.get(reason, "Change the post, then send it again."))
    return Unknown(f"YouTube answered {response.status}.")


def until_midnight(headers: Mapping[str, str]) -> float:
    """Seconds until the next midnight of Google's, by Google's own clock."""
    now = instant({name.lower(): value for name, value in headers.items()}.get("date", ""))
    if now is None:
        return retry_after(headers, 3600.0)
    day = now.astimezone(PACIFIC).date() + timedelta(days=1)
    midnight = datetime(day.year, day.month, day.day, tzinfo=PACIFIC)
    return retry_after(headers, max((midnight.astimezone(UTC) - now).total_seconds(), 60.0))


def json_of(response: Response) -> Mapping[str, Any] | None:
    try:
        body = response.json() if response.body else None
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def part(body: Any, name: str) -> Mapping[str, Any]:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}


def listed(body: Any, name: str) -> list[Mapping[str, Any]]:
    found = body.get(name) if isinstance(body, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text_of(body: Any, name: str) -> str:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, str) else ""


def id_of(body: Any, name: str = "id") -> str:
    """An id of YouTube: letters, digits, `-`, `_` and, in those of answers, a dot. Empty where it is none."""
    found = text_of(body, name)
    return (
        found
        if found.isascii() and len(found) <= 100 and all(sign.isalnum() or sign in "-_." for sign in found)
        else ""
    )


def count_of(body: Any, name: str) -> int | None:
    """Google writes numbers as texts."""
    found = text_of(body, name)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 16 else None


def web(address: str) -> str:
    return address if address.startswith("https://") else ""


def instant_of(text: str) -> datetime:
    return instant(text) or datetime.fromtimestamp(0, UTC)
