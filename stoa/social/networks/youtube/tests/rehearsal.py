"""YouTube in memory, as its documents and Google's discovery document say that it answers: sessions of upload, videos, comments, quota."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown
from stoa.social.networks.tests.desk import Desk
from stoa.social.networks.youtube.signing import AUTHORISE, NAMES

ADDRESS = ("https://www.youtube.com/watch?v=dQ_4w9WgXc-", "dQ_4w9WgXc-", "")
OWN, STRANGER, UPLOADS = "UCporch0000000000000000", "UCrosa00000000000000000", "UUporch0000000000000000"
REFRESH = "a refresh token that somebody copied"
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
PIECE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def said(status: int, body: Any = None, **headers: str) -> Reply:
    named = {"Date": "Sun, 01 Mar 2026 12:00:00 GMT", **headers}
    return Reply(status, b"" if body is None else json.dumps(body).encode(), named)


def wrong(status: int, reason: str, words: str) -> Reply:
    return said(
        status,
        {
            "error": {
                "code": status,
                "message": words,
                "errors": [{"domain": "youtube", "reason": reason, "message": words}],
            }
        },
    )


@dataclass
class SmallTube:
    """`videos` and `comments` by id; `sessions`: what each has, and the video that it made; `calls`: (method, path, query, body). `slow`:
    YouTube works on a video until somebody says `worked`."""

    desk: Desk = field(
        default_factory=lambda: Desk(AUTHORISE, lasting=3600, parameters=frozenset({"access_type", "prompt"}))
    )
    videos: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, dict[str, Any]] = field(default_factory=dict)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, str, dict[str, str], Any]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    handle: str = "porch"
    locked: bool = False
    gone: bool = False
    slow: bool = False

    def __post_init__(self) -> None:
        self.desk.refreshing[REFRESH] = " ".join(NAMES)

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
        parts, sent = urlsplit(url), headers or {}
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.netloc == "oauth2.googleapis.com":
            return self.desk.answer(content, sent) if parts.path == "/token" else self.gave_back()
        assert parts.netloc == "www.googleapis.com"
        if sent.get("authorization", "").removeprefix("Bearer ") not in self.desk.tokens:
            return wrong(401, "authError", "Invalid Credentials")
        if self.locked:
            return wrong(403, "authenticatedUserAccountSuspended", "The account is suspended.")
        self.calls.append((method, parts.path, query, json))
        if parts.path == "/upload/youtube/v3/videos":
            return self.begin(json, sent) if method == "POST" else self.take(query["upload_id"], content or b"", sent)
        return self.within(method, parts.path.removeprefix("/youtube/v3/"), query, json)

    def gave_back(self) -> Reply:
        self.desk.close()
        return said(200, {})

    def within(self, method: str, path: str, query: Mapping[str, str], body: Any) -> Reply:
        match method, path:
            case "GET", "channels":
                return said(200, {"items": [] if self.gone else [self.channel()]})
            case "GET", "playlistItems":
                return self.page([self.item(each) for each in self.videos.values()][::-1], query)
            case "GET", "videos":
                return said(
                    200, {"items": [self.shown(each) for each in query["id"].split(",") if each in self.videos]}
                )
            case "PUT", "videos":
                return self.change(body)
            case "DELETE", "videos":
                return (
                    said(204)
                    if self.videos.pop(query["id"], None)
                    else wrong(404, "videoNotFound", "The video cannot be found.")
                )
        return self.spoken(method, path, query, body)

    def spoken(self, method: str, path: str, query: Mapping[str, str], body: Any) -> Reply:
        """What is said under videos."""
        match method, path:
            case "GET", "commentThreads":
                return self.page([self.thread(each) for each in self.top(query.get("videoId", ""))][::-1], query)
            case "POST", "commentThreads":
                said_of = body["snippet"]
                return self.comment(OWN, said_of["videoId"], "", said_of["topLevelComment"]["snippet"]["textOriginal"])
            case "GET", "comments" if "parentId" in query:
                return self.page(
                    [each for each in self.comments.values() if each["snippet"].get("parentId") == query["parentId"]],
                    query,
                )
            case "GET", "comments":
                return said(
                    200, {"items": [self.comments[each] for each in query["id"].split(",") if each in self.comments]}
                )
            case "POST", "comments":
                return self.comment(OWN, "", body["snippet"]["parentId"], body["snippet"]["textOriginal"])
            case "PUT", "comments":
                self.comments[body["id"]]["snippet"] |= {"textOriginal": body["snippet"]["textOriginal"]}
                return said(200, self.comments[body["id"]])
            case "DELETE", "comments":
                return (
                    said(204)
                    if self.comments.pop(query["id"], None)
                    else wrong(404, "commentNotFound", "The comment cannot be found.")
                )
            case "POST", "comments/setModerationStatus":
                self.comments[query["id"]]["status"] = query["moderationStatus"]
                return said(204)
        return wrong(400, "badRequest", f"Not known here: {method} {path}")

    def begin(self, body: Mapping[str, Any], sent: Mapping[str, str]) -> Reply:
        snippet = body["snippet"]
        if len(snippet["title"]) > 100 or len(snippet["description"].encode()) > 5000:
            return wrong(400, "invalidDescription", "The request metadata specifies an invalid video description.")
        id = f"upload{next(self.numbers)}"
        self.sessions[id] = {"body": body, "size": int(sent["x-upload-content-length"]), "has": b"", "made": ""}
        address = f"https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet%2Cstatus&upload_id={id}"
        return said(200, None, Location=address)

    def take(self, id: str, content: bytes, sent: Mapping[str, str]) -> Reply:
        session = self.sessions.get(id)
        if session is None:
            return Reply(404, b"Not Found")
        if session["made"]:
            made = self.videos.get(session["made"])
            return said(200, self.shown(made["id"])) if made else Reply(410, b"")
        if found := PIECE.fullmatch(sent["content-range"]):
            if int(found[1]) != len(session["has"]):
                return self.so_far(session)
            session["has"] += content
        if len(session["has"]) < session["size"]:
            return self.so_far(session)
        session["made"] = self.keep(session)
        return said(201, self.shown(session["made"]))

    def so_far(self, session: Mapping[str, Any]) -> Reply:
        has = len(session["has"])
        return said(308, None, **({"Range": f"bytes=0-{has - 1}"} if has else {}))

    def keep(self, session: Mapping[str, Any]) -> str:
        number = next(self.numbers)
        id, body = f"video{number:06d}", session["body"]
        at = (MADE + timedelta(seconds=number)).isoformat().replace("+00:00", "Z")
        self.videos[id] = {
            "id": id, "bytes": session["has"], "snippet": {**body["snippet"], "publishedAt": at, "channelId": OWN},
            "status": {**body["status"], "uploadStatus": "uploaded" if self.slow else "processed"},
        }  # fmt: skip
        return id

    def worked(self, **status: str) -> None:
        for video in self.videos.values():
            video["status"] |= status or {"uploadStatus": "processed"}

    def shown(self, id: str) -> dict[str, Any]:
        video = self.videos[id]
        count = sum(each["snippet"]["videoId"] == id for each in self.comments.values())
        counts = {"viewCount": "0", "likeCount": "0", "commentCount": str(count)}
        return {name: video[name] for name in ("id", "snippet", "status")} | {"statistics": counts}

    def change(self, body: Mapping[str, Any]) -> Reply:
        kept = self.videos[body["id"]]["snippet"]
        fixed = {name: kept[name] for name in ("publishedAt", "channelId")}
        self.videos[body["id"]]["snippet"] = {**body["snippet"], **fixed}
        return said(200, self.shown(body["id"]))

    def item(self, video: Mapping[str, Any]) -> dict[str, Any]:
        kept = video["snippet"]
        snippet = {name: kept[name] for name in ("title", "description", "publishedAt", "channelId")}
        return {"snippet": snippet, "contentDetails": {"videoId": video["id"]}}

    def page(self, rows: list[dict[str, Any]], query: Mapping[str, str]) -> Reply:
        begins, size = int(query.get("pageToken", "p0")[1:]), int(query["maxResults"])
        more = {"nextPageToken": f"p{begins + size}"} if len(rows) > begins + size else {}
        return said(200, {"items": rows[begins : begins + size], **more})

    def channel(self) -> dict[str, Any]:
        snippet = {
            "title": self.handle.title(),
            "customUrl": f"@{self.handle}",
            "thumbnails": {"default": {"url": "https://yt3.ggpht.com/p"}},
        }
        return {"id": OWN, "snippet": snippet, "contentDetails": {"relatedPlaylists": {"uploads": UPLOADS}}}

    def comment(self, author: str, video: str, parent: str, text: str) -> Reply:
        if parent and parent not in self.comments:
            return wrong(404, "parentCommentNotFound", "The specified parent comment could not be found.")
        video = video or self.comments[parent]["snippet"]["videoId"]
        if video not in self.videos:
            return wrong(404, "videoNotFound", "The video cannot be found.")
        number = next(self.numbers)
        id = f"{parent}.a{number}" if parent else f"UgxComment{number:016d}"
        at = (MADE + timedelta(seconds=number)).isoformat().replace("+00:00", "Z")
        self.comments[id] = {"id": id, "snippet": {
            "videoId": video, "textOriginal": text, "textDisplay": text, "publishedAt": at, "updatedAt": at,
            "authorDisplayName": f"@{author[2:7]}", "authorChannelId": {"value": author}, **({"parentId": parent} if parent else {}),
        }}  # fmt: skip
        return said(200, self.comments[id] if parent else self.thread(self.comments[id]))

    def top(self, video: str) -> list[dict[str, Any]]:
        firsts = [each for each in self.comments.values() if "parentId" not in each["snippet"]]
        return [each for each in firsts if not video or each["snippet"]["videoId"] == video]

    def thread(self, comment: Mapping[str, Any]) -> dict[str, Any]:
        answers = [each for each in self.comments.values() if each["snippet"].get("parentId") == comment["id"]]
        found = {"snippet": {"videoId": comment["snippet"]["videoId"], "topLevelComment": comment}}
        return found | ({"replies": {"comments": answers[-5:]}} if answers else {})

    def standing(self) -> list[Shown]:
        """What is ours: videos by title and description, then comments. YouTube takes no descriptions of what is seen."""
        kept = [each["snippet"] for each in (*self.videos.values(), *self.comments.values())]
        videos = [Shown(f"{each['title']}\n\n{each['description']}") for each in kept if "title" in each]
        ours = [each for each in kept if each.get("authorChannelId", {}).get("value") == OWN]
        return videos + [Shown(each["textOriginal"]) for each in ours]

    def befall(self, what: str) -> None:
        if what == "renamed":
            self.handle = RENAMED
        elif what == "revoked":
            self.desk.close()
        elif what == "locked":
            self.locked = True
        else:
            self.gone = self.locked = True

    def overhear(self, id: str, text: str) -> str:
        """A stranger comments on a video."""
        made = self.comment(STRANGER, id, "", text).json()
        return str(made["snippet"]["topLevelComment"]["id"])


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallTube()
    answers = {"client": server.desk.client, "secret": server.desk.secret, "refresh": REFRESH, "privacy": "public"}

    def count() -> int:
        return len(server.videos) + sum(
            each["snippet"]["authorChannelId"]["value"] == OWN for each in server.comments.values()
        )

    yield Rehearsal(server, answers, count, server.overhear, server.desk.consent, server.befall, shown=server.standing)
