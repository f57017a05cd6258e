"""The interface for pages: how posts and comments are made there, and how our own are found again. Posts and comments have ids of one kind
("PAGE_POST", "POST_COMMENT") and are spoken to alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.graph import BEGINNING, Graph, address_of, id_of, instant_of, is_this, part, text_of, told
from stoa.social.networks.messages import Account, Outgoing, Picture, Published
from stoa.social.networks.multipart import ending
from stoa.social.networks.trouble import Refused, Trouble, TryLater, Unknown

NAME = "Facebook"
GRAPH = Graph(NAME, "https://graph.facebook.com/v25.0")
PAGE_FIELDS = "id,name,username,link,category,about,website,followers_count,picture{url,is_silhouette}"
POST = "id,message,created_time,permalink_url"
COMMENT = "id,message,created_time,from,permalink_url"
FOLLOWED_BACK, PAGE = 5, 50
EARLIER = timedelta(minutes=10)  # by how much the network's clock may be behind ours


def stage(picture: Picture, over: Line) -> str:
    """Stores a picture with its description; nobody sees it until a post shows it."""
    file = (f"picture.{ending(picture.mime)}", picture.mime, picture.content)
    page = over.credentials["account"]
    return GRAPH.upload(over, f"{page}/photos", file, published=False, alt_text_custom=picture.alt)


def post(outgoing: Outgoing, over: Line) -> str:
    """The id of the new post. What was staged for one that is refused is taken away again."""
    staged = [stage(each, over) for each in outgoing.pictures]
    shown = {f"attached_media[{number}]": {"media_fbid": id} for number, id in enumerate(staged)}
    link = "" if staged else outgoing.link
    try:
        made = GRAPH.write(
            over, "POST", f"{over.credentials['account']}/feed", message=outgoing.text, link=link, **shown
        )
    except Refused:
        for id in staged:
            with suppress(Trouble):
                GRAPH.write(over, "DELETE", id)
        raise
    return named(made)


def comment(outgoing: Outgoing, over: Line) -> str:
    return named(GRAPH.write(over, "POST", f"{outgoing.answers}/comments", message=outgoing.text))


def named(made: object) -> str:
    if not (id := id_of(made)):
        raise Unknown("Facebook did not name the post.")
    return id


def looked_at(id: str, outgoing: Outgoing, over: Line) -> Published:
    """What is out, with its address; where that cannot be read now, without."""
    try:
        return published({**told(GRAPH.read(over, id, fields=POST)), "id": id}, outgoing)
    except Trouble:
        return Published(id, version_of(outgoing.text), "", outgoing.at)


def own(outgoing: Outgoing, over: Line) -> Iterator[Published]:
    """Those of our posts, or of our comments where this answer belongs, that are this one, the newest first."""
    since = outgoing.begun - EARLIER
    for each in said_since(outgoing, int(since.timestamp()), over):
        if instant_of(each, "created_time") < since:
            return
        is_ours = not outgoing.answers or is_own(each, over)
        if id_of(each) and is_ours and is_this(text_of(each, "message"), outgoing.text, outgoing.marker):
            yield published(each, outgoing)


def said_since(outgoing: Outgoing, since: int, over: Line) -> Iterator[Mapping[str, Any]]:
    if outgoing.answers:
        path, asked = f"{outgoing.answers}/comments", {"fields": COMMENT, "order": "reverse_chronological"}
    else:
        path, asked = f"{over.credentials['account']}/published_posts", {"fields": POST}
    for page in GRAPH.pages(over, path, FOLLOWED_BACK, limit=PAGE, since=since, **asked):
        yield from page
        if len(page) < PAGE:
            return
    raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)


def is_own(said: Mapping[str, Any], over: Line) -> bool:
    return id_of(part(said, "from")) == over.credentials["account"]


def published(said: object, outgoing: Outgoing) -> Published:
    at = instant_of(said, "created_time")
    address, id = address_of(said, "permalink_url"), named(said)
    version = version_of(text_of(said, "message") or outgoing.text)
    return Published(id, version, address, at if at > BEGINNING else outgoing.at)


def version_of(words: str) -> str:
    """By its words: comments have no time of their last change, and with posts each comment below counts as one."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:20]


def account_of(said: object) -> Account:
    if not (id := id_of(said)):
        raise TryLater("Facebook does not say which page this is.", after=600.0)
    name, handle = text_of(said, "name"), text_of(said, "username")
    avatar = address_of(part(part(said, "picture"), "data"), "url")
    return Account(id, handle or name or id, name, avatar, address_of(said, "link") or f"https://www.facebook.com/{id}")
