"""The Ghost connector: what a site allows, and one method for each thing that it can do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

from stoa.social.networks.ghost import wire
from stoa.social.networks.given import counted, part, rows, word
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.paragraphs import escaped, paragraphs
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
    Outgoing,
    Picture,
    PictureLimit,
    Presence,
    Published,
    Reconnect,
    Refused,
    Rules,
    Seen,
    Source,
    Standing,
    TakenDown,
    TextLimit,
    TryLater,
    Unknown,
)
from stoa.social.networks.titles import bears, named, titled

_CHECKED = date(2026, 11, 30)
_POSTS = Source("https://docs.ghost.org/admin-api/posts/creating-a-post", _CHECKED)
_IMAGES = Source("https://docs.ghost.org/admin-api/images/uploading-an-image", _CHECKED)
_COMMENTS = "Ghost lets integrations neither read nor write comments."
_NUMBERS = "Ghost tells integrations no numbers of a post."
LONGEST, FEATURED_ALT, PAGE = 50_000, 191, 100
OWN_PICTURES = re.compile(r'<figure class="kg-card kg-image-card[^>]*>.*?</figure>', re.DOTALL)

RULES = Rules(
    text=(TextLimit("codepoints", LONGEST, _POSTS),),
    pictures=PictureLimit(
        at_most=20,
        bytes_at_most=5_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=2000,
        alt_count="codepoints",
        source=_IMAGES,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_POSTS),
    threads=False,
    lag=120.0,
)

LAYOUT = Layout(
    avatar="square",
    heading=("name", "time"),
    handle_prefix="",
    body=("pictures", "text"),
    card="none",
    actions=(),
)

MEASURES = (
    Measure("likes", "Likes", offered=False, reason=_NUMBERS),
    Measure("replies", "Comments", offered=False, reason=_COMMENTS),
    Measure("reach", "Reach", offered=False, reason=_NUMBERS),
)


class Ghost:
    """Connects, publishes, settles, edits and deletes."""

    key = "ghost"
    name = "Ghost"
    home = "https://ghost.org/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "documented examples only"
    hosts: tuple[str, ...] = ()
    fields = (
        Field(
            "server",
            "Address of the site",
            hint="for example https://example.ghost.io; its Admin's, where that is another",
            kind="url",
        ),
        Field("token", "Admin API key", hint="Settings → Integrations → Add custom integration", kind="secret"),
    )
    lacks: Mapping[str, str] = {
        "replies": _COMMENTS,
        "listens": _COMMENTS,
        "hides": _COMMENTS,
        "measures": _NUMBERS,
    }

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        granted = {"server": wire.server_of(answers["server"]), "token": answers["token"].strip()}
        try:
            site = wire.opened(Line(http, granted))
            site.read("posts/", limit=1, fields="id")
        except Reconnect as wrong:
            mend = "Copy the Admin API key of the integration whole, with the colon; the Content API key is another."
            raise Refused("The site does not accept this Admin API key.", mend=mend) from wrong
        return account_of(granted["server"], site.site), Granted(granted)

    def refresh(self, *, over: Line) -> Granted:
        """A key does not end by itself: the site is asked, to hear when it was taken back."""
        wire.opened(over).read("posts/", limit=1, fields="id")
        return Granted(dict(over.credentials))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        """Looked for first, because the site itself would take the same post twice. Nobody is mailed: that is a choice of its own there."""
        if len(outgoing.text) > LONGEST:
            raise Refused(f"The text has more than {LONGEST} characters.", mend="Shorten it.")
        site, name = wire.opened(over), named(outgoing.text, outgoing.key)
        standing = found(name, site)
        if standing and standing.get("status") == "published":
            return published(standing)
        post = {"slug": name, "status": "published", **written(outgoing, name, site)}
        if standing:
            changed = {"posts": [{**post, "updated_at": standing.get("updated_at")}]}
            return published(
                wire.first(site.write("PUT", f"{place(str(standing['id']))}?source=html", changed), "posts")
            )
        return published(wire.first(site.write("POST", "posts/?source=html", {"posts": [post]}), "posts"))

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        site = wire.opened(over)
        standing = found(named(outgoing.text, outgoing.key), site) or found_since(outgoing, site)
        return published(standing) if standing and standing.get("status") == "published" else Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """Title and words; the address and the pictures stay. What was saved there since it was read is not written over."""
        site = wire.opened(over)
        stands = wire.first(site.read(place(id), formats="html"), "posts")
        shown = OWN_PICTURES.findall(str(stands.get("html") or ""))
        body = {
            "title": title_of(outgoing),
            "html": "".join([words_of(outgoing), *shown]),
            "updated_at": stands.get("updated_at"),
        }
        return published(wire.first(site.write("PUT", f"{place(id)}?source=html", {"posts": [body]}), "posts"))

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            wire.opened(over).write("DELETE", place(id))
        except Gone:
            return TakenDown(id, "The site says that the post was gone already.")
        said = "The site confirms that the post is deleted. Its pictures stay in the site’s files: Ghost lets nobody delete those."
        return TakenDown(id, said)

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            told = wire.first(wire.opened(over).read(place(id), fields="id,status"), "posts")
        except Gone:
            return False
        return told.get("status") == "published"

    def present(self, *, over: Line) -> Presence:
        """What the site says of itself, its members as followers, its last posts."""
        site = wire.opened(over)
        told = site.read("posts/", limit=5, filter="status:published", order="published_at desc", formats="plaintext")
        members = site.read("members/", limit=1, fields="id")
        return Presence(
            account=account_of(over.credentials["server"], site.site),
            bio=word(site.site, "description"),
            has_picture=bool(site.site.get("icon") or site.site.get("logo")),
            followers=counted(part(members, "meta", "pagination"), "total"),
            posts=tuple(standing_of(each) for each in rows(told, "posts")),
        )

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("Ghost", outgoing, describes="under each picture, with Alt")

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"/(?!/)(?:.*/)?(?P<id>[^/?]+)/?")


def found(name: str, site: wire.Opened) -> Mapping[str, Any] | None:
    """The post of that name, whatever its state."""
    try:
        told = wire.first(site.read(f"posts/slug/{wire.named(name)}/"), "posts")
    except Gone:
        return None
    return told if told.get("id") else None


def found_since(outgoing: Outgoing, site: wire.Opened) -> Mapping[str, Any] | None:
    """The post that was made with this key, whatever its title is now: among those of the days since."""
    since = (outgoing.made_at - timedelta(days=1)).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    told = site.read("posts/", limit=PAGE, filter=f"published_at:>'{since}'", order="published_at asc")
    standing = rows(told, "posts")
    ours = next((each for each in standing if bears(word(each, "slug"), outgoing.key)), None)
    if ours is None and len(standing) >= PAGE:
        raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)
    return ours


def written(outgoing: Outgoing, name: str, site: wire.Opened) -> dict[str, Any]:
    """Title, words and pictures as Ghost takes them. The first picture is the featured one, if Ghost keeps its whole description."""
    shown = [(each, site.store(each, f"{name}-{digest(each)}")) for each in outgoing.pictures]
    post: dict[str, Any] = {"title": title_of(outgoing)}
    if shown and len(shown[0][0].alt) <= FEATURED_ALT:
        first, address = shown.pop(0)
        post |= {"feature_image": address, "feature_image_alt": first.alt}
    return {**post, "html": "".join([words_of(outgoing), *(figure(each.alt, address) for each, address in shown)])}


def title_of(outgoing: Outgoing) -> str:
    """Ghost wants one: without words it is what the first picture shows."""
    alt = next((each.alt for each in outgoing.pictures if each.alt), "")
    return titled(outgoing.text)[0] or titled(alt)[0] or "…"


def words_of(outgoing: Outgoing) -> str:
    return "".join(f"<p>{part}</p>" for part in paragraphs(titled(outgoing.text)[1]))


def figure(alt: str, address: str) -> str:
    shown = f'<img src="{escaped(address)}" class="kg-image" alt="{escaped(alt)}" loading="lazy">'
    return f'<figure class="kg-card kg-image-card">{shown}</figure>'


def digest(picture: Picture) -> str:
    return hashlib.sha256(picture.content).hexdigest()[:8]


def place(id: str) -> str:
    return f"posts/{wire.named(id)}/"


def account_of(server: str, site: Mapping[str, Any]) -> Account:
    home = str(site.get("url") or server).rstrip("/")
    home = home if home.startswith(("https://", "http://")) else server
    picture = str(site.get("icon") or site.get("logo") or "")
    return Account(
        id=server.partition("://")[2][:200],
        handle=home.partition("://")[2][:200],
        name=str(site.get("title") or home.partition("://")[2])[:200],
        avatar=picture if picture.startswith(("https://", "http://")) else "",
        address=home,
    )


def standing_of(post: Mapping[str, Any]) -> Standing:
    words = (str(post.get(name) or "").strip() for name in ("title", "plaintext"))
    at = wire.instant_of(post.get("published_at"))
    return Standing(
        str(post.get("id") or ""), "\n\n".join(each for each in words if each), at, str(post.get("url") or "")
    )


def published(told: Mapping[str, Any]) -> Published:
    if not told.get("id"):
        raise Unknown("The site's answer does not name the post.")
    at = wire.instant_of(told.get("published_at") or told.get("updated_at"))
    return Published(str(told["id"]), str(told.get("updated_at") or told["id"])[:200], str(told.get("url") or ""), at)


CONNECTOR = Ghost()
