"""A small account server in memory that answers as the real one was seen to answer (see `test_realnet`)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import regex

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown

SERVER = "https://pds.test"
OWN = "did:plc:guild"
STRANGER = "did:plc:stranger"
HANDLES = {OWN: "guild.test", STRANGER: "stranger.test"}
POST = "app.bsky.feed.post"


def said(status: int, **body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode())


@dataclass
class SmallServer:
    """`records` by uri; `notices` oldest first; one session with a token that refreshing replaces."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    access: str = "access token number 0 of this session"
    refresh: str = "refresh token number 0 of this session"
    blobs: dict[str, bytes] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=lambda: dict(HANDLES))
    status: str = ""

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Response:
        parts = urlsplit(url)
        name = parts.path.rpartition(".")[2]
        token = (headers or {}).get("authorization", "").removeprefix("Bearer ")
        if name == "createSession":
            return self.open(json)
        if name == "refreshSession":
            return self.renew(token)
        if token != self.access:
            return said(400, error="InvalidToken", message="Token could not be verified")
        if self.status == "deleted":
            return said(400, error="AccountNotFound", message="Could not find account")
        if self.status and name != "getSession":
            return said(400, error="AccountTakedown", message="Account has been taken down")
        if name == "uploadBlob":
            return self.keep(content or b"", (headers or {})["content-type"])
        answer: Reply = getattr(self, name)(json if method == "POST" else parse_qs(parts.query))
        return answer

    def open(self, body: Mapping[str, str]) -> Reply:
        if body != {"identifier": HANDLES[OWN], "password": "right"}:
            return said(401, error="AuthenticationRequired", message="Invalid identifier or password")
        return said(200, did=OWN, handle=HANDLES[OWN], accessJwt=self.access, refreshJwt=self.refresh)

    def renew(self, token: str) -> Reply:
        if token != self.refresh:
            return said(400, error="ExpiredToken", message="Token has expired")
        number = next(self.numbers)
        self.access, self.refresh = f"access token after {number} renewals", f"refresh token after {number} renewals"
        return said(200, did=OWN, handle=HANDLES[OWN], accessJwt=self.access, refreshJwt=self.refresh)

    def keep(self, content: bytes, mime: str) -> Reply:
        ref = f"blob{len(self.blobs)}"
        self.blobs[ref] = content
        return said(200, blob={"$type": "blob", "ref": {"$link": ref}, "mimeType": mime, "size": len(content)})

    def createRecord(self, body: Mapping[str, Any]) -> Reply:  # noqa: N802
        uri = f"at://{body['repo']}/{body['collection']}/{body['rkey']}"
        text = body["record"]["text"]
        if len(regex.findall(r"\X", text)) > 300 or len(text.encode()) > 3000:
            return said(400, error="InvalidRequest", message="Invalid app.bsky.feed.post record: grapheme too big")
        if uri in self.records:
            return said(500, error="InternalServerError", message="Internal Server Error")
        return said(200, uri=uri, cid=self.write(uri, body["record"]))

    def write(self, uri: str, record: dict[str, Any]) -> str:
        cid = f"cid{next(self.numbers)}"
        self.records[uri] = {"uri": uri, "cid": cid, "value": record}
        return cid

    def deleteRecord(self, body: Mapping[str, str]) -> Reply:  # noqa: N802
        self.records.pop(f"at://{body['repo']}/{body['collection']}/{body['rkey']}", None)
        return said(200)

    def getRecord(self, query: Mapping[str, list[str]]) -> Reply:  # noqa: N802
        uri = f"at://{query['repo'][0]}/{query['collection'][0]}/{query['rkey'][0]}"
        if uri not in self.records:
            return said(400, error="RecordNotFound", message=f"Could not locate record: {uri}")
        return said(200, **self.records[uri])

    def getProfile(self, query: Mapping[str, list[str]]) -> Reply:  # noqa: N802
        return said(200, **self.profile(query["actor"][0]))

    def getAuthorFeed(self, query: Mapping[str, list[str]]) -> Reply:  # noqa: N802
        own = [one for uri, one in self.records.items() if uri.startswith(f"at://{query['actor'][0]}/")]
        shown = [{**one, "record": one["value"], **self.seen(one["uri"]), "author": self.profile(OWN)} for one in own]
        return said(200, feed=[{"post": each} for each in shown[::-1]])

    def getSession(self, query: Mapping[str, list[str]]) -> Reply:  # noqa: N802
        session = {"did": OWN, "handle": self.handles[OWN], "active": not self.status}
        return Reply(200, json.dumps(session | ({"status": self.status} if self.status else {})).encode())

    def befall(self, what: str) -> None:
        if what == "renamed":
            self.handles[OWN] = f"{RENAMED}.test"
        elif what == "revoked":
            self.access = self.refresh = "of another session"
        else:
            self.status = {"locked": "takendown", "deleted": "deleted"}[what]

    def resolveHandle(self, query: Mapping[str, list[str]]) -> Reply:  # noqa: N802
        for did, handle in HANDLES.items():
            if handle == query["handle"][0]:
                return said(200, did=did)
        return said(400, error="InvalidRequest", message="Unable to resolve handle")

    def listNotifications(self, query: Mapping[str, list[str]]) -> Reply:  # noqa: N802
        limit, start = int(query["limit"][0]), int(query.get("cursor", ["0"])[0])
        page = self.notices[::-1][start : start + limit]
        more = {"cursor": str(start + limit)} if start + limit < len(self.notices) else {}
        return said(200, notifications=page, **more)

    def getPosts(self, query: Mapping[str, list[str]]) -> Reply:  # noqa: N802
        found = [self.seen(uri) for uri in query["uris"] if uri in self.records]
        return said(200, posts=found)

    def seen(self, uri: str) -> dict[str, Any]:
        replies = [
            one for one in self.records.values() if one["value"].get("reply", {}).get("parent", {}).get("uri") == uri
        ]
        return {"uri": uri, "likeCount": 0, "repostCount": 0, "replyCount": len(replies), "quoteCount": 0}

    def profile(self, did: str) -> dict[str, Any]:
        return {"did": did, "handle": self.handles[did], "displayName": HANDLES[did].partition(".")[0].title()}

    def notify(self, reason: str, uri: str, record: dict[str, Any], at: str, about: str = "") -> None:
        notice = {"uri": uri, "cid": "cid", "author": self.profile(STRANGER), "reason": reason, "record": record}
        self.notices.append({**notice, "indexedAt": at, **({"reasonSubject": about} if about else {})})

    def overhear(self, id: str, text: str) -> str:
        """A stranger answers a post."""
        number = next(self.numbers)
        ref = {"uri": id, "cid": self.records[id]["cid"]}
        record = {"$type": POST, "text": text, "reply": {"root": ref, "parent": ref}, "langs": ["en"]}
        uri = f"at://{STRANGER}/{POST}/{number:013d}"
        self.write(uri, record)
        self.notify("reply", uri, record, f"2026-03-01T12:00:{number % 60:02d}.000Z", about=id)
        return uri


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallServer()
    answers = {"handle": "@guild.test", "password": "right", "server": SERVER}

    def count() -> int:
        return sum(1 for uri in server.records if uri.startswith(f"at://{OWN}/"))

    yield Rehearsal(server, answers, count, server.overhear, befall=server.befall, shown=lambda: shown(server))


def shown(server: SmallServer) -> list[Shown]:
    own = [each["value"] for uri, each in server.records.items() if uri.startswith(f"at://{OWN}/")]
    return [Shown(each["text"], tuple(one["alt"] for one in each.get("embed", {}).get("images", ()))) for each in own]
