"""The interface of Threads: how it is called, how posts are made there, and how its own ones are found again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.containers import Maker, addressed
from stoa.social.networks.graph import BEGINNING, Graph, address_of, id_of, instant_of, is_this, text_of, told
from stoa.social.networks.messages import Account, Outgoing, Published
from stoa.social.networks.trouble import Trouble, TryLater, Unknown

GRAPH = Graph("Threads", "https://graph.threads.com/v1.0")
MAKER = Maker(GRAPH, "threads", "threads_publish", "status", "error_message", {"media_type": "CAROUSEL"})
PROFILE = "id,username,name,threads_profile_picture_url,threads_biography"
POST = "id,text,permalink,timestamp,username,is_reply,has_replies"
FOLLOWED_BACK, PAGE = 5, 50
EARLIER = timedelta(minutes=10)  # by how much the network's clock may be behind ours


def media_of(outgoing: Outgoing) -> list[dict[str, Any]]:
    """The fields of each picture, or of the video, with its description."""
    if outgoing.video is not None:
        video = outgoing.video
        return [{"media_type": "VIDEO", "video_url": addressed(video, "Threads"), "alt_text": video.alt}]
    return [
        {"media_type": "IMAGE", "image_url": addressed(each, "Threads"), "alt_text": each.alt}
        for each in outgoing.pictures
    ]


def fields_of(outgoing: Outgoing) -> dict[str, Any]:
    return {"media_type": "TEXT", "text": outgoing.text, "reply_to_id": outgoing.answers}


def own_posts(outgoing: Outgoing, over: Line) -> Iterator[Mapping[str, Any]]:
    """Our posts, or our answers, the newest first, back to when this one was made."""
    edge = "replies" if outgoing.answers else "threads"
    since = outgoing.begun - EARLIER
    path = f"{over.credentials['account']}/{edge}"
    for page in GRAPH.pages(over, path, FOLLOWED_BACK, fields=POST, limit=PAGE, since=int(since.timestamp())):
        for post in page:
            if instant_of(post, "timestamp") < since:
                return
            yield post
        if len(page) < PAGE:
            return
    raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)


def found(outgoing: Outgoing, over: Line) -> Iterator[Published]:
    """Those of our posts that are this one."""
    for post in own_posts(outgoing, over):
        if is_this(text_of(post, "text"), outgoing.text, outgoing.marker):
            yield published(post, outgoing)


def looked_at(id: str, outgoing: Outgoing, over: Line) -> Published:
    """What is out, with its address; where that cannot be read now, without."""
    try:
        return published({**told(GRAPH.read(over, id, fields=POST)), "id": id}, outgoing)
    except Trouble:
        return Published(id, id, "", outgoing.at)


def published(post: object, outgoing: Outgoing) -> Published:
    id = id_of(post)
    if not id:
        raise Unknown("Threads did not name the post.")
    at = instant_of(post, "timestamp")
    return Published(id, id, address_of(post, "permalink"), at if at > BEGINNING else outgoing.at)


def account_of(said: object) -> Account:
    handle = text_of(said, "username")
    id = id_of(said)
    if not id:
        raise TryLater("Threads does not say whose account this is.", after=600.0)
    avatar = address_of(said, "threads_profile_picture_url")
    return Account(id, handle, text_of(said, "name") or handle, avatar, f"https://www.threads.com/@{handle}")
