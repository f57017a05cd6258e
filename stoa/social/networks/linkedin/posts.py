"""Posts and comments of LinkedIn: what is sent, what comes back, and looking for one of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from stoa.social.networks.linkedin import texts, wire
from stoa.social.networks.protocol import Line, Outgoing, Published, Response, TryLater, Unknown

COMMENT = re.compile(r"urn:li:comment:\((urn:li:\w+:\d+),(\d+)\)")
EARLIER = timedelta(minutes=10)  # by how much LinkedIn's clock may be behind ours
PAGE, FOLLOWED_BACK = 50, 5


def body_of(outgoing: Outgoing, author: str, pictures: list[str]) -> dict[str, Any]:
    """One picture is `media`, several are `multiImage`, a card without pictures is an article. LinkedIn draws no card by itself."""
    body: dict[str, Any] = {
        "author": author, "commentary": texts.little(outgoing.text), "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED", "isReshareDisabledByAuthor": False,
    }  # fmt: skip
    shown = [with_words(urn, each.alt) for urn, each in zip(pictures, outgoing.pictures, strict=True)]
    if len(shown) == 1:
        body["content"] = {"media": shown[0]}
    elif shown:
        body["content"] = {"multiImage": {"images": shown}}
    elif outgoing.card and outgoing.link:
        card = {"source": outgoing.link, "title": outgoing.card.title, "description": outgoing.card.description}
        body["content"] = {"article": {name: value for name, value in card.items() if value}}
    return body


def with_words(urn: str, alt: str) -> dict[str, str]:
    return {"id": urn} | ({"altText": alt} if alt else {})


def place_of(id: str) -> tuple[str, str]:
    """(what it stands under, its number) of a comment; two empty texts for a post."""
    found = COMMENT.fullmatch(id)
    return (found[1], found[2]) if found else ("", "")


def path_of(id: str, author: str = "") -> str:
    """Where a post or a comment is found; a comment is changed in the name of who wrote it."""
    under, number = place_of(id)
    if not number:
        return f"/posts/{wire.key(id)}"
    return f"/socialActions/{wire.key(under)}/comments/{number}" + (f"?actor={wire.key(author)}" if author else "")


def address_of(id: str) -> str:
    under, _ = place_of(id)
    if under:
        return f"https://www.linkedin.com/feed/update/{under}/?commentUrn={wire.key(id)}"
    return f"https://www.linkedin.com/feed/update/{id}/"


def published(response: Response, outgoing: Outgoing) -> Published:
    """LinkedIn names a new post in a header; of a comment the whole name stands in the body."""
    low = {name.lower(): value for name, value in response.headers.items()}
    id = wire.plain_urn(low.get("x-restli-id", "")) or wire.urn_of(wire.json_of(response), "commentUrn")
    if not id:
        raise Unknown("LinkedIn’s answer does not name the post.")
    return Published(id, texts.version_of(outgoing.text), address_of(id), outgoing.at)


def changed(response: Response) -> None:
    """LinkedIn says nothing of a post that it has changed; of a comment it may show what stands now. Anything else is unclear."""
    if response.body and not wire.urn_of(wire.json_of(response), "commentUrn"):
        raise Unknown("LinkedIn’s answer does not say whether it was changed.")


def stood(id: str, words: str, milliseconds: int | None) -> Published:
    return Published(id, texts.version_of(words), address_of(id), wire.instant_of(milliseconds))


def sent_since(outgoing: Outgoing, over: Line) -> Iterator[Mapping[str, Any]]:
    """The page's posts, the newest first, back to when this one was made."""
    author = wire.key(over.credentials["author"])
    for number in range(FOLLOWED_BACK):
        query = f"author={author}&q=author&count={PAGE}&start={number * PAGE}&sortBy=CREATED"
        page = wire.listed(wire.read(over, "/posts", query=query, method="FINDER"), "elements")
        for post in page:
            if wire.instant_of(wire.count_of(post, "createdAt")) < outgoing.begun - EARLIER:
                return
            yield post
        if len(page) < PAGE:
            return
    raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)


def is_it(post: Mapping[str, Any], outgoing: Outgoing) -> bool:
    """By our link's code, in the words or in the card; without a link by the same words."""
    words = texts.plain(wire.text_of(post, "commentary"))
    if outgoing.marker:
        card = wire.text_of(wire.part(wire.part(post, "content"), "article"), "source")
        return outgoing.marker in words or outgoing.marker in card
    return texts.even(words) == texts.even(outgoing.text)


def comments_on(id: str, over: Line, most: int = 5) -> Iterator[Mapping[str, Any]]:
    """What was said under a post or under a comment."""
    for number in range(most):
        query = f"start={number * 100}&count=100"
        page = wire.listed(wire.read(over, f"/socialActions/{wire.key(id)}/comments", query=query), "elements")
        yield from page
        if len(page) < 100:
            return


def said_at(comment: Mapping[str, Any]) -> int:
    return wire.count_of(wire.part(comment, "created"), "time") or 0


def words_of(comment: Mapping[str, Any]) -> str:
    return wire.text_of(wire.part(comment, "message"), "text")
