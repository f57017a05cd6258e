"""Meta's Graph interfaces, as far as its networks share them: how one calls, and what the error object means. For connectors; no Django.

An error is an object with a code (developers.facebook.com/docs/graph-api/guides/error-handling). Where it proves that nothing was done it
becomes the one trouble that it is. A 5xx proves nothing, whatever it says: pages were published seven times behind seven of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from stoa.social.networks.calling import Line, Response
from stoa.social.networks.messages import NOT_OFFERED, NotOffered
from stoa.social.networks.multipart import multipart
from stoa.social.networks.trouble import (
    Expired,
    Gone,
    NotSent,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.waits import instant, retry_after, seconds

SECONDS, UPLOAD_SECONDS = 30.0, 55.0
LONGEST_WAIT = 86_400.0
LONGEST_ID = 100
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
SESSION_OVER = (102, 190)
EXPIRED = 463  # the subcode of a token whose time is over
TOO_MANY = frozenset({4, 17, 32, 341, 613, *range(80_000, 80_015)})
TOO_MANY_POSTS = 9
NOT_ALLOWED = frozenset({3, 10, *range(200, 300)})
BLOCKED, TWICE, NOT_READY = 368, 506, 9007
NOT_THERE, CONTAINER_OVER = (803, 21), 24
NO_SUCH_OBJECT = 33  # the subcode of code 100 for what is not there
SERVICE = (-1, 1, 2)  # "unknown", "service": it may have been done
CHANGE = "Change the post and try again."
ALLOW = "Connect the channel again and allow all of it there. If that does not help, the network has not reviewed your application for it."


class Twice(Refused):
    """The same words stand there already: perhaps from an attempt whose answer was lost."""


@dataclass(frozen=True)
class Graph:
    """One of its interfaces: `address` with its version, `network` as people call it. `bearer`: the token travels in the header, else
    among the parameters, as its documents write it."""

    network: str
    address: str
    bearer: bool = False

    def read(self, over: Line, path: str, **parameters: Any) -> Any:
        """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
        try:
            return self.answer_of(self._ask(over, "GET", path, parameters))
        except Unknown as trouble:
            raise TryLater(trouble.reason, after=60.0) from trouble

    def write(self, over: Line, method: str, path: str, **parameters: Any) -> Any:
        """May have been done when this raises `Unknown`."""
        return self.answer_of(self._ask(over, method, path, parameters))

    def store(self, over: Line, path: str, **parameters: Any) -> str:
        """Makes what nobody sees (a container) and gives its id. Doing it again is harmless: never *unknown*."""
        return self.stored(lambda: self.write(over, "POST", path, **parameters))

    def stored(self, make: Any) -> str:
        try:
            made = id_of(make())
        except Unknown as trouble:
            said = f"The post was not sent, because getting it ready failed: {trouble.reason}"
            raise NotSent(said) from trouble
        if not made:
            raise NotSent(f"The post was not sent, because {self.network} did not name what it stored.")
        return made

    def upload(self, over: Line, path: str, file: tuple[str, str, bytes], **parameters: Any) -> str:
        """Stores bytes that no post shows yet, and gives their id. Doing it again is harmless: never *unknown*."""
        fields = {name: plain(value) for name, value in parameters.items() if value not in ("", None)}
        content, kind = multipart(fields | {"access_token": over.credentials["token"]}, {"source": file})
        url, headers = f"{self.address}/{path}", {"content-type": kind}
        return self.stored(
            lambda: self.answer_of(
                over.http.request("POST", url, headers=headers, content=content, timeout=UPLOAD_SECONDS)
            )
        )

    def pages(self, over: Line, path: str, most: int, **parameters: Any) -> Iterator[list[Mapping[str, Any]]]:
        """The pages of a list, `most` at most. The network's own addresses of further pages are not followed: they hold the token."""
        after = ""
        for _page in range(most):
            said = self.read(over, path, after=after, **parameters)
            yield listed(said, "data")
            after = text_of(part(part(said, "paging"), "cursors"), "after")
            if not after or not part(said, "paging").get("next"):
                return

    def _ask(self, over: Line, method: str, path: str, parameters: Mapping[str, Any]) -> Response:
        token = over.credentials.get("token", "")
        sent = {name: plain(value) for name, value in parameters.items() if value not in ("", None)}
        headers = {"authorization": f"Bearer {token}"} if self.bearer else {}
        sent |= {} if self.bearer else {"access_token": token}
        url, body = f"{self.address}/{path}", urlencode(sent)
        if method != "POST":
            return over.http.request(method, f"{url}?{body}" if body else url, headers=headers, timeout=SECONDS)
        headers["content-type"] = "application/x-www-form-urlencoded"
        return over.http.request(method, url, headers=headers, content=body.encode(), timeout=SECONDS)

    def answer_of(self, response: Response) -> Any:
        """The JSON of a success, or the trouble that the answer stands for."""
        try:
            body = response.json() if response.body else {}
        except (RecursionError, ValueError):
            body = None
        if response.status >= 500:
            raise Unknown(f"{self.network} answered {response.status}.")
        error = part(body, "error")
        if error:
            raise trouble_of(error, response.headers, self.network)
        if response.status == 429:
            raise TryLater(f"{self.network} asks us to slow down.", after=patience(response.headers))
        if not 200 <= response.status < 300 or body is None:
            raise Unknown(f"{self.network} answered {response.status} and nothing that can be read.")
        return body


def trouble_of(error: Mapping[str, Any], headers: Mapping[str, str], network: str) -> Trouble:
    """What an error object means. What its code does not prove to be undone is *unknown*."""
    code, subcode, said = whole(error.get("code")), whole(error.get("error_subcode")), words_of(error)
    if code in SESSION_OVER:
        over = Expired if subcode == EXPIRED else Reconnect
        return over(f"{network} no longer accepts what opens this account: {said}")
    if code in TOO_MANY or code == TOO_MANY_POSTS:
        wait = 3600.0 if code == TOO_MANY_POSTS else 300.0
        return TryLater(f"{network} asks us to slow down: {said}", after=patience(headers, wait))
    if code == NOT_READY:
        return TryLater(f"{network} is still getting it ready.", after=30.0)
    if code in (*NOT_THERE, CONTAINER_OVER) or (code == 100 and subcode == NO_SUCH_OBJECT):
        return Gone(f"{network} says that it is not there: {said}")
    if code in SERVICE or code is None or error.get("is_transient") is True:
        return Unknown(f"{network} says that something went wrong there: {said}")
    if code in NOT_ALLOWED:
        return Refused(f"{network} does not allow this: {said}", ALLOW)
    if code == BLOCKED:
        mend = "Look at the account's status there, and wait before you post more."
        return Refused(f"{network} has blocked this for now: {said}", mend)
    if code == TWICE:
        return Twice(
            f"{network} says that this was posted already: {said}", "Look whether it is there, else change it."
        )
    return Refused(f"{network} refused this: {said}", CHANGE)


def words_of(error: Mapping[str, Any]) -> str:
    """Its own words: what it wrote for people, else for programmers without the code."""
    said = text_of(error, "error_user_msg") or text_of(error, "message")
    without = said.partition(") ")[2] if said.startswith("(#") else said
    return " ".join(without.split())[:200] or "it gave no reason"


def patience(headers: Mapping[str, str], otherwise: float = 300.0) -> float:
    """Seconds to wait: `Retry-After`, else what `X-Business-Use-Case-Usage` reckons (in minutes)."""
    low = {name.lower(): value for name, value in headers.items()}
    try:
        usage = json.loads(low.get("x-business-use-case-usage", "")[:20_000])
    except (RecursionError, ValueError):
        usage = {}
    rows = [row for rows in usage.values() if isinstance(rows, list) for row in rows] if isinstance(usage, dict) else []
    told = [seconds(row.get("estimated_time_to_regain_access")) for row in rows if isinstance(row, dict)]
    longest = max((each * 60 for each in told if each and each >= 1), default=otherwise)
    return min(retry_after(headers, longest), LONGEST_WAIT)


def plain(value: Any) -> str:
    """A parameter as these interfaces read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value) if isinstance(value, (list, dict)) else str(value)


def is_same(there: str, ours: str) -> bool:
    """The same words but for spaces."""
    return bool(there) and " ".join(there.split()) == " ".join(ours.split())


def is_this(there: str, words: str, marker: str) -> bool:
    """Whether a text that stands there is ours: by our link's code, without a link by the same words."""
    return marker in there if marker else is_same(there, words)


def whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def told(said: object) -> Mapping[str, Any]:
    """An answer as an object, whatever it was."""
    return said if isinstance(said, dict) else {}


def part(said: object, name: str) -> Mapping[str, Any]:
    found = said.get(name) if isinstance(said, dict) else None
    return found if isinstance(found, dict) else {}


def listed(said: object, name: str) -> list[Mapping[str, Any]]:
    found = said.get(name) if isinstance(said, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text_of(said: object, name: str) -> str:
    """A text as rows can keep it, or a number written as one (ids are either)."""
    value = said.get(name) if isinstance(said, dict) else None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        return str(value)
    return value.encode("utf-8", "ignore").decode().replace("\x00", "") if isinstance(value, str) else ""


def id_of(said: object) -> str:
    """What the network calls it; empty for what is no id."""
    found = text_of(said, "id")
    return found if len(found) <= LONGEST_ID and not set(found) & set("/?#& ") else ""


def address_of(said: object, name: str) -> str:
    """A public address; empty for anything else."""
    found = text_of(said, name)
    return found if found.startswith(("https://", "http://")) and len(found) <= 1000 else ""


def count_of(value: object) -> int | NotOffered:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15 else NOT_OFFERED


def instant_of(said: object, name: str) -> datetime:
    """When it was; what cannot be read lies at the beginning of time, where nobody looks for it."""
    return instant(text_of(said, name)) or BEGINNING
