"""Comments under our videos: heard, written, looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stoa.social.networks.protocol import Account, Heard, Hearing, Line, Outgoing, Published, TryLater, Unknown
from stoa.social.networks.youtube import videos, wire

VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
PAGES = 5
OVERLAP = 3600.0  # seconds


def is_video(id: str) -> bool:
    return VIDEO.fullmatch(id) is not None


def listen(cursor: str, over: Line) -> Hearing:
    """Threads under all our videos, the newest first, back to where the last look ended; the first look ever reads one page."""
    since = wire.instant_of(cursor).timestamp() - OVERLAP if cursor else 0.0
    items: list[Heard] = []
    for threads in pages(over, PAGES if cursor else 1):
        found = [heard for thread in threads for heard in spoken(thread, over)]
        items += [each for each in found if each.at.timestamp() >= since]
        begun = [
            wire.instant_of(published(wire.part(wire.part(each, "snippet"), "topLevelComment"))) for each in threads
        ]
        if begun and min(begun).timestamp() < since:
            break
    newest = max((each.at for each in items), default=None)
    if newest is None or (cursor and newest < wire.instant_of(cursor)):
        return Hearing(tuple(items), cursor)
    return Hearing(tuple(items), newest.isoformat())


def pages(over: Line, most: int) -> Iterator[list[Mapping[str, Any]]]:
    token = ""
    for _page in range(most):
        page = wire.read(
            over, "commentThreads", part="snippet,replies", allThreadsRelatedToChannelId=over.credentials["channel"], order="time",
            textFormat="plainText", maxResults=100, pageToken=token,
        )  # fmt: skip
        yield wire.listed(page, "items")
        token = wire.text_of(page, "nextPageToken")
        if not token:
            return


def spoken(thread: Mapping[str, Any], over: Line) -> Iterator[Heard]:
    """A comment and its last answers, as far as YouTube gives them with it; not our own."""
    snippet = wire.part(thread, "snippet")
    video, first = wire.id_of(snippet, "videoId"), wire.part(snippet, "topLevelComment")
    if not is_video(video):
        return
    answers = wire.listed(wire.part(thread, "replies"), "comments")
    for comment, answered in ((first, video), *((each, wire.id_of(first)) for each in answers)):
        said = wire.part(comment, "snippet")
        author, id = author_of(said), wire.id_of(comment)
        if not id or not author.id or author.id == over.credentials["channel"]:
            continue
        yield Heard(
            kind="reply", id=id, version=wire.text_of(said, "updatedAt")[:60], author=author, text=words_of(comment),
            at=wire.instant_of(published(comment)), address=videos.address_of(video, id), in_reply_to=answered, root=video, about=video,
        )  # fmt: skip


def author_of(said: Mapping[str, Any]) -> Account:
    id, name = wire.id_of(wire.part(said, "authorChannelId"), "value"), wire.text_of(said, "authorDisplayName")[:200]
    avatar, address = wire.text_of(said, "authorProfileImageUrl"), f"https://www.youtube.com/channel/{id}"
    return Account(id, name.removeprefix("@") or id, name, wire.web(avatar), address)


def published(comment: Mapping[str, Any]) -> str:
    return wire.text_of(wire.part(comment, "snippet"), "publishedAt")


def words_of(comment: Mapping[str, Any]) -> str:
    said = wire.part(comment, "snippet")
    return wire.text_of(said, "textOriginal") or wire.text_of(said, "textDisplay")


def write(outgoing: Outgoing, over: Line) -> Published:
    """Under a video, or under a comment; an answer to an answer goes under the first comment, for YouTube has two levels."""
    if is_video(outgoing.answers):
        top = {"snippet": {"textOriginal": outgoing.text}}
        snippet = {"channelId": over.credentials["channel"], "videoId": outgoing.answers, "topLevelComment": top}
        made = wire.write(over, "POST", "commentThreads", {"snippet": snippet}, part="snippet")
        return stood(wire.part(wire.part(made, "snippet"), "topLevelComment"), outgoing.answers)
    parent = outgoing.answers.partition(".")[0]
    snippet = {"parentId": parent, "textOriginal": outgoing.text}
    return stood(wire.write(over, "POST", "comments", {"snippet": snippet}, part="snippet"))


def stood(comment: Mapping[str, Any], video: str = "") -> Published:
    id, said = wire.id_of(comment), wire.part(comment, "snippet")
    video = video or wire.id_of(said, "videoId")
    if not id:
        raise Unknown("YouTube’s answer does not name the comment.")
    address = videos.address_of(video, id) if video else "https://www.youtube.com/"
    return Published(id, videos.version_of("", words_of(comment)), address, wire.instant_of(published(comment)))


def find(outgoing: Outgoing, over: Line) -> Published | None:
    """Our own comment with the same words under what it answers, since it was made."""
    own, begun = over.credentials["channel"], outgoing.made_at - videos.EARLIER
    for comment in under(outgoing.answers, over):
        is_ours = wire.id_of(wire.part(wire.part(comment, "snippet"), "authorChannelId"), "value") == own
        is_late = wire.instant_of(published(comment)) >= begun
        if is_ours and is_late and videos.even(words_of(comment)) == videos.even(outgoing.text):
            return stood(comment, outgoing.answers if is_video(outgoing.answers) else "")
    return None


def under(id: str, over: Line) -> Iterator[Mapping[str, Any]]:
    """The comments of a video, or the answers of a comment."""
    token = ""
    for _page in range(PAGES):
        if is_video(id):
            page = wire.read(
                over,
                "commentThreads",
                part="snippet",
                videoId=id,
                order="time",
                textFormat="plainText",
                maxResults=100,
                pageToken=token,
            )
            yield from (wire.part(wire.part(each, "snippet"), "topLevelComment") for each in wire.listed(page, "items"))
        else:
            parent = id.partition(".")[0]
            page = wire.read(
                over,
                "comments",
                part="snippet",
                parentId=parent,
                textFormat="plainText",
                maxResults=100,
                pageToken=token,
            )
            yield from wire.listed(page, "items")
        token = wire.text_of(page, "nextPageToken")
        if not token:
            return
    raise TryLater("So much was said there that it could not be found out.", after=3600.0)
