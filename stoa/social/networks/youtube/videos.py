"""Videos of YouTube: what is said of one when it is sent, and what comes back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from stoa.social.networks.protocol import Line, Outgoing, Pending, Published, Refused, TryLater, Unknown
from stoa.social.networks.titles import titled
from stoa.social.networks.youtube import wire

TITLE, DESCRIPTION = 100, 5_000  # characters; bytes
TAGS = 400  # characters of all, below YouTube's 500 with what it counts for blanks
PEOPLE = "22"  # YouTube's category "People & Blogs": it asks for one
EARLIER = timedelta(minutes=10)  # by how much YouTube's clock may be behind ours
FOLLOWED_BACK = 5
WORKING = 60.0  # seconds between two looks at a video that YouTube is working on
HASHTAG = re.compile(r"(?:^|(?<=\s))#(\w{2,30})")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
WHY = {
    "duplicate": "It is the same as another video there", "length": "It is too long for this channel: verify it with a telephone number",
    "copyright": "Somebody else holds rights in it", "termsOfUse": "It breaks YouTube’s terms", "claim": "Somebody else has claimed it",
    "codec": "Its format is not understood there", "invalidFile": "The file is broken", "emptyFile": "The file is empty",
    "tooSmall": "The file is too small", "conversion": "It could not be converted there", "inappropriate": "YouTube found it inappropriate",
}  # fmt: skip


def named(text: str) -> tuple[str, str]:
    """(title, description): the first line is the title where it is short enough, else the title is made of the beginning."""
    title, body = titled(text)
    if len(title) <= TITLE:
        return title, body
    cut = title[: TITLE - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-") + "…", text.strip()


def judged(text: str) -> tuple[str, str]:
    """Title and description that YouTube takes."""
    title, body = named(text)
    if not title:
        raise Refused("A video has a title there, and this text has no words.", mend="Write a first line.")
    if "<" in text or ">" in text:
        raise Refused(
            "YouTube takes no < and no > in titles and descriptions.", mend="Write them in words, or leave them out."
        )
    if len(body.encode()) > DESCRIPTION:
        raise Refused(
            f"The description has {len(body.encode())} bytes; YouTube takes {DESCRIPTION}.", mend="Shorten the text."
        )
    return title, body


def resource_of(outgoing: Outgoing, privacy: str) -> dict[str, Any]:
    """Whether it is made for children is left to what the channel says of itself: that is a person's to declare."""
    title, body = judged(outgoing.text)
    snippet: dict[str, Any] = {"title": title, "description": body, "categoryId": PEOPLE}
    snippet |= {"tags": tags} if (tags := tags_of(outgoing.text)) else {}
    snippet |= {"defaultLanguage": outgoing.language} if LANGUAGE.fullmatch(outgoing.language) else {}
    return {"snippet": snippet, "status": {"privacyStatus": privacy}}


def tags_of(text: str) -> list[str]:
    """The hashtags, each once, as far as YouTube takes them."""
    found: list[str] = []
    for tag in dict.fromkeys(HASHTAG.findall(text)):
        if sum(len(each) + 3 for each in (*found, tag)) > TAGS:
            break
        found.append(tag)
    return found


def version_of(title: str, body: str) -> str:
    """Which words stand there: the same for the same words, so that a correction can be told from what stood before."""
    return hashlib.sha256(f"{title}\n{even(body)}".encode()).hexdigest()[:20]


def even(text: str) -> str:
    return " ".join(text.split())


def address_of(id: str, comment: str = "") -> str:
    return f"https://www.youtube.com/watch?v={id}" + (f"&lc={comment}" if comment else "")


def outcome_of(video: Mapping[str, Any], outgoing: Outgoing) -> Published | Pending:
    """What became of an upload: YouTube works on a video for a while, and may find that it is none."""
    id, status = wire.id_of(video), wire.part(video, "status")
    state = wire.text_of(status, "uploadStatus")
    if not id:
        raise Unknown("YouTube’s answer does not name the video.")
    if state in ("failed", "rejected", "deleted"):
        why = wire.text_of(status, "failureReason") or wire.text_of(status, "rejectionReason")
        reason = WHY.get(why, f"YouTube says: {why or state}")
        raise Refused(
            f"YouTube did not keep the video. {reason}.", mend="Change the video, and look at it in YouTube Studio."
        )
    if state != "processed":
        return Pending(id, after=WORKING)
    title, body = named(outgoing.text)
    at = wire.text_of(wire.part(video, "snippet"), "publishedAt")
    return Published(id, version_of(title, body), address_of(id), wire.instant_of(at) if at else outgoing.at)


def stood(item: Mapping[str, Any]) -> Published:
    """One of our uploads, as the list of them shows it."""
    snippet = wire.part(item, "snippet")
    id = wire.id_of(wire.part(item, "contentDetails"), "videoId")
    words = version_of(wire.text_of(snippet, "title"), wire.text_of(snippet, "description"))
    return Published(id, words, address_of(id), wire.instant_of(wire.text_of(snippet, "publishedAt")))


def uploads_since(outgoing: Outgoing, over: Line) -> Iterator[Mapping[str, Any]]:
    """Our uploads, the newest first, back to when this one was made: one unit for each page, where a search would cost a hundred."""
    token = ""
    for _page in range(FOLLOWED_BACK):
        page = wire.read(
            over, "playlistItems", part="snippet,contentDetails", playlistId=over.credentials["uploads"], maxResults=50, pageToken=token
        )  # fmt: skip
        for item in wire.listed(page, "items"):
            if wire.instant_of(wire.text_of(wire.part(item, "snippet"), "publishedAt")) < outgoing.begun - EARLIER:
                return
            if wire.id_of(wire.part(item, "contentDetails"), "videoId"):
                yield item
        token = wire.text_of(page, "nextPageToken")
        if not token:
            return
    raise TryLater("So much was uploaded there since that it could not be found out.", after=3600.0)


def is_it(item: Mapping[str, Any], outgoing: Outgoing) -> bool:
    """By our link's code; without a link by the same title and description."""
    snippet = wire.part(item, "snippet")
    title, body = wire.text_of(snippet, "title"), wire.text_of(snippet, "description")
    if outgoing.marker:
        return outgoing.marker in body or outgoing.marker in title
    ours = named(outgoing.text)
    return (title, even(body)) == (ours[0], even(ours[1]))
