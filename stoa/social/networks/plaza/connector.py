"""The connector of Plaza, the practice network: spoken to over HTTP like any other, wherever its home is served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from stoa.social.networks.given import counted, instant, part, row, rows, within, word
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.plaza import wire
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Account,
    Field,
    Gone,
    Granted,
    Heard,
    Hearing,
    Http,
    Layout,
    Line,
    LinkRule,
    Measure,
    Measured,
    NotSent,
    Outgoing,
    Picture,
    PictureLimit,
    Presence,
    Published,
    Rate,
    Reading,
    Rules,
    Seen,
    Source,
    Standing,
    TakenDown,
    TextLimit,
    Unknown,
    VideoLimit,
)

_RULE = Source("stoa/social/networks/plaza/setup.md", date(2026, 11, 23))

RULES = Rules(
    text=(TextLimit("graphemes", 500, _RULE),),
    pictures=PictureLimit(
        at_most=4,
        bytes_at_most=5_000_000,
        mimes=("image/jpeg", "image/png", "image/webp"),
        alt_at_most=1500,
        alt_count="graphemes",
        source=_RULE,
    ),
    link=LinkRule(counts_as=None, card=True, card_beside_pictures=True, source=_RULE),
    threads=True,
    lag=0.0,
    rates=(Rate("posts", 300, 300, _RULE),),
    videos=VideoLimit(
        bytes_at_most=20_000_000,
        seconds_at_most=140,
        mimes=("video/mp4", "video/quicktime", "video/webm"),
        source=_RULE,
        alt_at_most=1500,
        alt_count="graphemes",
    ),
)

LAYOUT = Layout(
    avatar="rounded",
    heading=("name", "handle", "time"),
    handle_prefix="@",
    body=("text", "pictures", "card"),
    card="beside",
    actions=("answer", "repost", "like"),
)

KINDS: Mapping[str, Literal["mention", "reply"]] = {"mention": "mention", "reply": "reply"}
MEASURES = (
    Measure("likes", "Likes", offered=True),
    Measure("reposts", "Reposts", offered=True),
    Measure("replies", "Replies", offered=True),
    Measure("reach", "Reach", offered=True),
    Measure("quotes", "Quotes", offered=False, reason="Plaza has no quotes."),
    Measure("impressions", "Impressions", offered=False, reason="Plaza counts readers, not showings."),
)


class Plaza:
    """Connects, publishes, replies, settles, deletes, listens and measures; for practising it is also served by hand."""

    key = "plaza"
    name = "Plaza"
    home = "/plaza/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "the practice network itself: it lives in this house"
    fields = (
        Field("server", "Address of Plaza", hint="the Plaza page of this installation", kind="url"),
        Field("handle", "Handle", hint="small letters, digits, - and _"),
        Field("name", "Name", hint="shown above each post"),
        Field("key", "Practice key", hint="shown on the Plaza page to those who may connect", kind="secret"),
    )
    lacks: Mapping[str, str] = {
        "edits": "Plaza has no editing of posts.",
        "hides": "On Plaza nobody hides what others wrote.",
    }

    hosts: tuple[str, ...] = ()

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("Plaza", outgoing)

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r".*/plaza/posts/(?P<id>[^/]+)/?")

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        server = wire.origin_of(answers["server"])
        body = {name: answers.get(name, "").strip() for name in ("handle", "name", "key")}
        opened = wire.open_account(http, server, body)
        return _account(part(opened, "account")), _granted(server, opened)

    def refresh(self, *, over: Line) -> Granted:
        return _granted(over.credentials["server"], wire.write(over, "POST", "token"))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        made = wire.write(over, "POST", "posts", _body_of(outgoing, over), key=outgoing.key)
        return _published(made)

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        return self.publish(outgoing, over=over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        found = rows(wire.read(over, "posts", key=outgoing.key), "posts")
        if not found and outgoing.marker:
            found = rows(wire.read(over, "posts", marker=outgoing.marker), "posts")
        return _published(found[0]) if found else Absent()

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            wire.write(over, "DELETE", f"posts/{id}")
        except Gone:
            return TakenDown(id, "Plaza says that the post was gone already.")
        return TakenDown(id, "Plaza confirms that the post is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            wire.read(over, f"posts/{id}")
        except Gone:
            return False
        return True

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        answer = wire.read(over, "notifications", since=cursor)
        items = tuple(heard for notice in rows(answer, "notifications") if (heard := _heard(notice)))
        return Hearing(items, word(answer, "cursor") or cursor, more=answer.get("more") is True)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        if not ids:
            return Measured(())
        told = row(wire.read(over, "readings", id=list(ids)), "readings")
        readings = tuple(reading for id in ids if id in told for reading in _readings(id, part(told, id)))
        return Measured(readings, missing=tuple(id for id in ids if id not in told))

    def present(self, *, over: Line) -> Presence:
        told = row(wire.read(over, "account"))
        links = told.get("links")
        return Presence(
            account=_account(part(told, "account")),
            bio=word(told, "bio"),
            links=tuple(each for each in links if isinstance(each, str)) if isinstance(links, list) else (),
            has_picture=bool(part(told, "account").get("avatar")),
            followers=counted(told, "followers"),
            posts=tuple(_standing(post) for post in rows(told, "posts") if word(post, "id")),
        )


def _body_of(outgoing: Outgoing, over: Line) -> dict[str, Any]:
    """Pictures are stored first; whatever goes wrong in here, no post has been made."""
    try:
        pictures = [_stored(picture, over) for picture in outgoing.pictures]
        pictures += [{"id": wire.store_video(over, film)["id"], "alt": film.alt}] if (film := outgoing.video) else []
        thumb = outgoing.card.picture if outgoing.card else None
        card = (
            {
                "title": outgoing.card.title,
                "description": outgoing.card.description,
                "picture": _stored(thumb, over)["id"] if thumb else "",
            }
            if outgoing.card
            else None
        )
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble
    return {
        "text": outgoing.text,
        "language": outgoing.language,
        "link": outgoing.link,
        "card": card,
        "pictures": pictures,
        "marker": outgoing.marker,
        "in_reply_to": outgoing.answers,
    }


def _stored(picture: Picture, over: Line) -> dict[str, str]:
    return {"id": word(wire.store(over, picture.content, picture.mime), "id"), "alt": picture.alt}


def _granted(server: str, opened: object) -> Granted:
    if not (token := word(opened, "token")):
        raise Unknown("Plaza's answer does not open the account.")
    return Granted({"server": server, "token": token})


def _published(post: object) -> Published:
    if not (id := word(post, "id")):
        raise Unknown("Plaza's answer does not name the post.")
    return Published(id, id, word(post, "address"), instant(within(post, "at")))


def _account(account: Mapping[str, Any]) -> Account:
    return Account(*(word(account, name) for name in ("id", "handle", "name", "avatar", "address")))


def _heard(notice: Mapping[str, Any]) -> Heard | None:
    """None for what is neither an answer nor a mention of somebody."""
    post, author = part(notice, "post"), _account(part(notice, "post", "author"))
    kind, id, answered = KINDS.get(word(notice, "kind")), word(post, "id"), word(post, "in_reply_to")
    if kind is None or not id or not author.id:
        return None
    return Heard(
        kind=kind,
        id=id,
        version=id,
        author=author,
        text=word(post, "text"),
        at=instant(post.get("at")),
        address=word(post, "address"),
        in_reply_to=answered,
        root=word(post, "root"),
        about=answered if kind == "reply" else "",
        language=word(post, "language"),
    )


def _standing(post: Mapping[str, Any]) -> Standing:
    id, text, address = word(post, "id"), word(post, "text"), word(post, "address")
    return Standing(id, text, instant(post.get("at")), address, counted(post, "replies"), bool(post.get("in_reply_to")))


def _readings(id: str, told: Mapping[str, Any]) -> list[Reading]:
    """Some accounts on Plaza are told their reach and some are not: `null` is *not offered*, never 0."""
    found = []
    for measure in MEASURES:
        found.append(Reading(id, measure.key, counted(told, measure.key) if measure.offered else NOT_OFFERED))
    return found


CONNECTOR = Plaza()
