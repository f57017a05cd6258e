"""The interface of Instagram (with Instagram's own sign-in): posts are containers, comments are words.

Posts and comments are numbered apart. An id here says which it is: "post/7", "comment/8" below a post, "comment/8/9" for the answer 9 to
the comment 8, and "theirs/6" for somebody else's post that shows us.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.containers import Maker, addressed
from stoa.social.networks.graph import BEGINNING, Graph, address_of, id_of, instant_of, is_this, part, text_of, told
from stoa.social.networks.messages import Account, Outgoing, Published
from stoa.social.networks.trouble import Gone, Refused, Trouble, TryLater, Unknown

NAME = "Instagram"
GRAPH = Graph(NAME, "https://graph.instagram.com/v25.0", bearer=True)
MAKER = Maker(GRAPH, "media", "media_publish", "status_code", "status", {"media_type": "CAROUSEL"})
PROFILE = "user_id,username,name,profile_picture_url,biography,website,followers_count"
POST = "id,caption,permalink,timestamp,comments_count"
COMMENT = "id,text,timestamp,username,from"
FOLLOWED_BACK, PAGE = 5, 50
EARLIER = timedelta(minutes=10)  # by how much the network's clock may be behind ours
BY_HAND = "Answer there by hand."


def split(id: str) -> tuple[str, list[str]]:
    """What an id is of, and its numbers; `Gone` for what is no id of this network."""
    kind, *numbers = id.split("/")
    if kind not in ("post", "comment", "theirs") or not numbers or not all(each.isdigit() for each in numbers):
        raise Gone("Instagram knows no such post.")
    return kind, numbers


def media_of(outgoing: Outgoing) -> list[dict[str, Any]]:
    """The fields of each picture with its description, or of the video, which has none there."""
    if outgoing.video is not None:
        return [{"media_type": "REELS", "video_url": addressed(outgoing.video, NAME)}]
    return [{"image_url": addressed(each, NAME), "alt_text": each.alt} for each in outgoing.pictures]


def own_posts(since: datetime, over: Line) -> Iterator[Mapping[str, Any]]:
    """The newest first, back to `since`."""
    path = f"{over.credentials['account']}/media"
    for page in GRAPH.pages(over, path, FOLLOWED_BACK, fields=POST, limit=PAGE):
        for post in page:
            if instant_of(post, "timestamp") < since:
                return
            yield post
        if len(page) < PAGE:
            return
    raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)


def found(outgoing: Outgoing, over: Line) -> Iterator[Published]:
    """Those of our posts that are this one."""
    for post in own_posts(outgoing.begun - EARLIER, over):
        if is_this(text_of(post, "caption"), outgoing.text, outgoing.marker):
            yield published(post, outgoing)


def looked_at(id: str, outgoing: Outgoing, over: Line) -> Published:
    """What is out, with its address; where that cannot be read now, without."""
    try:
        return published({**told(GRAPH.read(over, id, fields=POST)), "id": id}, outgoing)
    except Trouble:
        return Published(f"post/{id}", id, "", outgoing.at)


def published(post: object, outgoing: Outgoing) -> Published:
    if not (id := id_of(post)):
        raise Unknown("Instagram did not name the post.")
    at = instant_of(post, "timestamp")
    return Published(f"post/{id}", id, address_of(post, "permalink"), at if at > BEGINNING else outgoing.at)


def comment(outgoing: Outgoing, over: Line) -> Published:
    """Says something below a post of ours, or in answer to a comment there."""
    kind, numbers = split(outgoing.answers)
    if kind == "theirs":
        raise Refused("Instagram lets a program answer only below the account's own posts.", BY_HAND)
    edge = "comments" if kind == "post" else "replies"
    made = GRAPH.write(over, "POST", f"{numbers[0]}/{edge}", message=outgoing.text)
    if not (id := id_of(made)):
        raise Unknown("Instagram did not name the comment.")
    return said_there(kind, numbers[0], id, outgoing, over)


def said_there(kind: str, above: str, id: str, outgoing: Outgoing, over: Line) -> Published:
    """A comment has no address of its own in the documents: it is seen at its post's."""
    whole = f"comment/{id}" if kind == "post" else f"comment/{above}/{id}"
    try:
        post = above if kind == "post" else id_of(part(GRAPH.read(over, above, fields="media"), "media"))
        address = address_of(GRAPH.read(over, post, fields="permalink"), "permalink")
    except Trouble:
        address = ""
    return Published(whole, id, address, outgoing.at)


def own_comments(outgoing: Outgoing, over: Line) -> Iterator[Published]:
    """What we said where this answer belongs, the newest first."""
    kind, numbers = split(outgoing.answers)
    if kind == "theirs":
        return
    edge, since = "comments" if kind == "post" else "replies", outgoing.made_at - EARLIER
    for page in GRAPH.pages(over, f"{numbers[0]}/{edge}", FOLLOWED_BACK, fields=COMMENT, limit=PAGE):
        for each in page:
            is_ours = id_of(each) and is_own(each, over) and instant_of(each, "timestamp") >= since
            if is_ours and is_this(text_of(each, "text"), outgoing.text, outgoing.marker):
                yield said_there(kind, numbers[0], id_of(each), outgoing, over)


def is_own(said: Mapping[str, Any], over: Line) -> bool:
    """By the account's number where it is told, else by its handle."""
    number, known = id_of(part(said, "from")), (over.credentials["account"], over.credentials.get("scoped", ""))
    return number in known if number else text_of(said, "username").lower() == over.credentials["handle"].lower()


def account_of(said: object) -> Account:
    id, handle = text_of(said, "user_id")[:100], text_of(said, "username")
    if not id.isdigit():
        raise TryLater("Instagram does not say whose account this is.", after=600.0)
    avatar, address = address_of(said, "profile_picture_url"), f"https://www.instagram.com/{handle}/"
    return Account(id, handle, text_of(said, "name") or handle, avatar, address)
