"""The WordPress connector: what a site allows, and one method for each thing that it can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.markup import unescaped
from stoa.social.networks.paragraphs import escaped
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Account,
    Field,
    Gone,
    Granted,
    Hearing,
    Http,
    Layout,
    Line,
    LinkRule,
    Measure,
    Measured,
    Outgoing,
    Pending,
    PictureLimit,
    Presence,
    Published,
    Reading,
    Reconnect,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
)
from stoa.social.networks.titles import named
from stoa.social.networks.wordpress import listening, presence, texts, wire
from stoa.social.networks.wordpress.comments import place_of, published_comment, settled_comment
from stoa.social.networks.wordpress.standing import (
    found,
    found_since,
    number_of,
    own_pictures,
    published,
    shows_featured,
    stored_picture,
)

_CHECKED = date(2026, 11, 30)
_POSTS = Source("https://developer.wordpress.org/rest-api/reference/posts/", _CHECKED)
_MEDIA = Source("https://www.php.net/manual/en/ini.core.php#ini.upload-max-filesize", _CHECKED)
LONGEST = 50_000

RULES = Rules(
    text=(TextLimit("codepoints", LONGEST, _POSTS),),
    pictures=PictureLimit(
        at_most=20,
        bytes_at_most=2_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=2000,
        alt_count="codepoints",
        source=_MEDIA,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_POSTS),
    threads=False,
    lag=120.0,
)

LAYOUT = Layout(
    avatar="square",
    heading=("name", "time"),
    handle_prefix="",
    body=("text", "pictures"),
    card="none",
    actions=("comment",),
)

MEASURES = (
    Measure("replies", "Comments", offered=True),
    Measure("likes", "Likes", offered=False, reason="WordPress itself has no likes: only plugins add them."),
    Measure("reach", "Reach", offered=False, reason="WordPress itself does not count who reads."),
)


class WordPress:
    """Connects, publishes, replies, settles, edits, deletes, listens and measures."""

    key = "wordpress"
    name = "WordPress"
    home = "https://wordpress.org/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "a real WordPress 6.1 with MariaDB, read back by plain REST"
    hosts: tuple[str, ...] = ()
    fields = (
        Field(
            "site",
            "Address of the site",
            hint="for example https://example.org or https://example.org/blog",
            kind="url",
        ),
        Field("user", "User name", hint="as you sign in there"),
        Field(
            "token", "Application password", hint="made there in Users → Profile → Application Passwords", kind="secret"
        ),
    )
    lacks: Mapping[str, str] = {
        "hides": "Comments are approved or held back in WordPress itself, by its own rules.",
    }

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        site = wire.site_of(answers["site"])
        rest, told = wire.found_at(http, site)
        user, token = answers["user"].strip(), " ".join(answers["token"].split())
        try:
            me = wire.row(Line(http, {"rest": rest, "handle": user, "token": token}), "users/me", context="edit")
        except (Reconnect, Refused) as wrong:
            raise Refused(
                "The site does not accept this name with this application password.", mend=mend_of(told)
            ) from wrong
        can = me.get("capabilities")
        if not isinstance(can, dict) or not can.get("publish_posts"):
            raise Refused(
                "This user may not publish there.", mend="Give it the role of an author or editor, or use another."
            )
        granted = {"rest": rest, "handle": user, "token": token, "id": str(me["id"]), "server": site}
        name = unescaped(str(told.get("name") or ""))[:200]
        return presence.account_of(granted["id"], site, name, presence.icon_of(told)), Granted(granted)

    def refresh(self, *, over: Line) -> Granted:
        """An application password does not end by itself: the site is asked, to hear when it was taken back."""
        wire.read(over, "users/me", context="edit")
        return Granted(dict(over.credentials))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        """Looked for first, because the site itself would take the same post twice; then one call makes it and shows it."""
        if len(outgoing.text) > LONGEST:
            raise Refused(f"The text has more than {LONGEST} characters.", mend="Shorten it.")
        name = named(outgoing.text, outgoing.key)
        standing = found(name, over)
        if standing is not None and standing.get("status") == "publish":
            return published(standing)
        stored = [stored_picture(each, name, over) for each in outgoing.pictures]
        body: dict[str, Any] = {"slug": name, "status": "publish", "title": texts.title_of(outgoing.text)}
        if stored and shows_featured(over):
            body["featured_media"] = stored.pop(0).id
        body["content"] = texts.content_of(outgoing.text, stored)
        return published(wire.write(over, "POST", f"posts/{standing['id']}" if standing else "posts", body))

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Pending | Absent:
        if outgoing.answers:
            return settled_comment(outgoing, over, handle)
        name = named(outgoing.text, outgoing.key)
        standing = found(name, over) or found_since(outgoing.key, outgoing.made_at, over)
        return published(standing) if standing is not None and standing.get("status") == "publish" else Absent()

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published | Pending:
        """A comment. The site itself takes the same words of the same user in the same place once."""
        if outgoing.pictures:
            raise Refused("A comment takes no pictures.", mend="Remove the pictures.")
        post, parent = place_of(outgoing.answers, over)
        body = {"post": post, "parent": parent, "content": escaped(outgoing.text)}
        try:
            return published_comment(wire.write(over, "POST", "comments", body))
        except wire.SaidBefore:
            if isinstance(made := settled_comment(outgoing, over, ""), Published):
                return made
            raise

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; the name, and with it the address, stays, and so do the pictures."""
        if number := number_of(id, "c"):
            return published(wire.write(over, "POST", f"comments/{number}", {"content": escaped(outgoing.text)}), "c")
        stands = wire.row(over, f"posts/{number_of(id)}", context="edit")
        content = texts.with_pictures_of(outgoing.text, wire.text_in(stands, "content", "raw"))
        body = {"title": texts.title_of(outgoing.text), "content": content}
        return published(wire.write(over, "POST", f"posts/{number_of(id)}", body))

    def delete(self, id: str, *, over: Line) -> TakenDown:
        """For good, past the trash, where the words would lie on for a month; and with it the pictures that came with it."""
        if number := number_of(id, "c"):
            path, pictures = f"comments/{number}", []
        else:
            path = f"posts/{number_of(id)}"
            pictures = own_pictures(path, over)
        try:
            for each in pictures:
                wire.write(over, "DELETE", f"media/{each}", force="true")
            wire.write(over, "DELETE", path, force="true")
        except Gone:
            return TakenDown(id, "The site says that it was gone already.")
        return TakenDown(id, "The site confirms that it is deleted for good, with the pictures that came with it.")

    def stands(self, id: str, *, over: Line) -> bool:
        comment = number_of(id, "c")
        try:
            told = wire.row(over, f"comments/{comment}" if comment else f"posts/{number_of(id)}", **in_full(comment))
        except Gone:
            return False
        return told.get("status") in ("publish", "approved")

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        readings: list[Reading] = []
        missing: list[str] = []
        for id in ids:
            if not self.stands(id, over=over):
                missing.append(id)
                continue
            comment = number_of(id, "c")
            counted = wire.total(over, "comments", **({"parent": comment} if comment else {"post": number_of(id)}))
            told = {"replies": NOT_OFFERED if counted is None else counted}
            readings += [Reading(id, each.key, told.get(each.key, NOT_OFFERED)) for each in MEASURES]
        return Measured(tuple(readings), tuple(missing))

    def present(self, *, over: Line) -> Presence:
        return presence.presence(over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("WordPress", outgoing, describes="in the picture’s field “Alternative text”")

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"[^?]*\?p=(?P<id>\d+)", r"/(?!/)(?:.*/)?(?P<id>[^/?]+)/?")


def mend_of(told: Mapping[str, Any]) -> str:
    """A site that does not name application passwords among its ways in has them switched off, or knows no https."""
    ways = told.get("authentication")
    if not isinstance(ways, dict) or "application-passwords" not in ways:
        return "The site has application passwords switched off: they need https, and a plugin may have closed them."
    return "Make a new application password there in Users → Profile, and copy it whole. Some hosts drop what opens it: ask them."


def in_full(comment: int) -> dict[str, str]:
    """Posts are asked for as those see them who may edit: a password that was taken back must not read as a stranger."""
    return {} if comment else {"context": "edit"}


CONNECTOR = WordPress()
