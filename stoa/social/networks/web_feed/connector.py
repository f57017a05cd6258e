"""The connector of feeds (RSS and Atom) that this house serves: spoken to over HTTP like any other network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from stoa.social.networks import at_home
from stoa.social.networks.given import instant, part, rows, within, word
from stoa.social.networks.protocol import (
    Absent,
    Account,
    Field,
    Gone,
    Granted,
    Http,
    Layout,
    Line,
    LinkRule,
    Measure,
    NotSent,
    Outgoing,
    Picture,
    PictureLimit,
    Published,
    Rules,
    Source,
    TakenDown,
    TextLimit,
    Unknown,
)
from stoa.social.networks.titles import titled

_RULE = Source("stoa/social/networks/web_feed/setup.md", date(2026, 11, 30))
_ONE_WAY = "A feed goes out one way: readers fetch it and answer elsewhere."
_UNSEEN = "Who reads a feed is not told to us: readers fetch it for many people or for one, and guessing is no number."

MEND = "Copy the address of the feeds page of this installation."
RULES = Rules(
    text=(TextLimit("codepoints", 20_000, _RULE),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=5_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=2000,
        alt_count="codepoints",
        source=_RULE,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_RULE),
    threads=False,
    lag=0.0,
)

LAYOUT = Layout(
    avatar="square",
    heading=("name", "time"),
    handle_prefix="",
    body=("text", "pictures"),
    card="none",
    actions=(),
)

MEASURES = (
    Measure("likes", "Likes", offered=False, reason=_ONE_WAY),
    Measure("replies", "Replies", offered=False, reason=_ONE_WAY),
    Measure("reach", "Reach", offered=False, reason=_UNSEEN),
)


class WebFeed:
    """Connects, publishes, settles, edits and deletes."""

    key = "web_feed"
    name = "RSS and Atom"
    home = "/feeds/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "its real home in this house, the feeds read by an XML parser"
    fields = (
        Field(
            "server", "Address of the feeds", hint="the feeds page of this installation, ending in /feeds/", kind="url"
        ),
        Field("handle", "Short name", hint="part of its address: small letters, digits and -"),
        Field("title", "Title", hint="shown by feed readers above all entries"),
        Field("description", "What it brings", hint="one sentence"),
        Field(
            "key", "Key of the feeds", hint="shown on the feeds page to those who may connect channels", kind="secret"
        ),
    )
    lacks: Mapping[str, str] = {
        "replies": _ONE_WAY,
        "listens": _ONE_WAY,
        "hides": _ONE_WAY,
        "measures": _UNSEEN,
        "hands": "This feed is served from here: nobody needs to carry anything.",
    }

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        server = at_home.origin_of(answers["server"], mend=MEND)
        body = {name: answers.get(name, "").strip() for name in ("handle", "title", "description", "key")}
        opened = at_home.begin(http, server, "feeds", body)
        id, handle, title, address = (word(part(opened, "feed"), name) for name in ("id", "handle", "title", "address"))
        return Account(id, handle, title, address=address), granted(server, opened)

    def refresh(self, *, over: Line) -> Granted:
        return granted(over.credentials["server"], at_home.write(over, "POST", "token"))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        body = {**words_of(outgoing), "pictures": stored_pictures(outgoing, over), "marker": outgoing.marker}
        return published(at_home.write(over, "POST", "entries", body, key=outgoing.key))

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        found = rows(at_home.read(over, "entries", key=outgoing.key), "entries")
        return published(found[0]) if found else Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced and the entry counts as updated; pictures stay."""
        return published(at_home.write(over, "PUT", f"entries/{at_home.named(id)}", words_of(outgoing)))

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            at_home.write(over, "DELETE", f"entries/{at_home.named(id)}")
        except Gone:
            return TakenDown(id, "The entry was gone from the feed already.")
        said = "It is gone from the feed, its page and its pictures too. Readers that fetched it before may keep what they have."
        return TakenDown(id, said)

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            at_home.read(over, f"entries/{at_home.named(id)}")
        except Gone:
            return False
        return True


def words_of(outgoing: Outgoing) -> dict[str, str]:
    title, body = titled(outgoing.text)
    return {"title": title, "text": body, "language": outgoing.language}


def stored_pictures(outgoing: Outgoing, over: Line) -> list[dict[str, str]]:
    """Stored first, and shown by nothing before their entry is. Whatever goes wrong in here, nothing was published."""
    try:
        return [stored(each, over) for each in outgoing.pictures]
    except Unknown as trouble:
        raise NotSent(f"It was not published, because storing a picture failed: {trouble.reason}") from trouble


def stored(picture: Picture, over: Line) -> dict[str, str]:
    return {"id": word(at_home.store(over, picture.content, picture.mime), "id"), "alt": picture.alt}


def granted(server: str, opened: object) -> Granted:
    if not (token := word(opened, "token")):
        raise Unknown("The answer does not open the feed.")
    return Granted({"server": server, "token": token})


def published(entry: object) -> Published:
    id, version = word(entry, "id"), word(entry, "changed_at")
    if not id or not version:
        raise Unknown("The answer does not name the entry.")
    return Published(id, version, word(entry, "address"), instant(within(entry, "at")))


CONNECTOR = WebFeed()
