"""The LinkedIn connector: what the network allows, and one method for each thing that it can do.

Pages are whole; of a member's own posts LinkedIn lets programs read nothing, so whatever must be read there asks a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.linkedin import listening, posts, signing, texts, wire
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Account,
    Gone,
    Granted,
    Hearing,
    Http,
    Layout,
    Leaving,
    Line,
    LinkRule,
    Measure,
    Measured,
    Outgoing,
    PictureLimit,
    Published,
    Reading,
    Reconnect,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    VideoLimit,
)

_CHECKED = date(2026, 11, 30)
_DOCS = "https://learn.microsoft.com/linkedin/marketing/community-management/shares"
_POSTS = Source(f"{_DOCS}/posts-api", _CHECKED)
_COMMENTS = Source(f"{_DOCS}/comments-api", _CHECKED)
_IMAGES = Source(f"{_DOCS}/images-api", _CHECKED)
_CAUTION = Source("stoa/social/networks/linkedin/setup.md", _CHECKED)

COMMENT = 1_250
RULES = Rules(
    text=(TextLimit("utf16", 3_000, _POSTS),),
    answer_text=(TextLimit("utf16", COMMENT, _COMMENTS),),
    pictures=PictureLimit(
        at_most=20,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png", "image/gif"),
        alt_at_most=4_086,
        alt_count="codepoints",
        source=_IMAGES,
    ),
    link=LinkRule(counts_as=None, card=True, card_beside_pictures=False, source=_POSTS),
    threads=False,
    lag=120.0,
    keyed=False,
    videos_by_hand=VideoLimit(500_000_000, 1800, ("video/mp4",), _CAUTION, seconds_at_least=3),
)

LAYOUT = Layout(
    avatar="rounded",
    heading=("name", "time"),
    handle_prefix="",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("like", "comment", "repost"),
)

COUNTS = {
    "likes": "likeCount", "replies": "commentCount", "reposts": "shareCount", "impressions": "impressionCount",
    "reach": "uniqueImpressionsCount",
}  # fmt: skip
MEASURES = (
    Measure("likes", "Reactions", offered=True),
    Measure("replies", "Comments", offered=True),
    Measure("reposts", "Reposts", offered=True),
    Measure("impressions", "Impressions", offered=True),
    Measure("reach", "Reach", offered=True),
)
UNREAD = "LinkedIn lets programs read nothing of a member’s own posts."
LOOK = "Look at your profile there: does it stand?"


class LinkedIn:
    """Connects, signs in, publishes, replies, settles, edits, deletes, listens and measures."""

    key = "linkedin"
    name = "LinkedIn"
    home = "https://www.linkedin.com/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    speaks = (wire.VERSION, Source("https://learn.microsoft.com/linkedin/marketing/versioning", wire.VERSION_OF))
    tested = "documented examples and a small network in memory that answers as they do, not against LinkedIn itself"
    review = (
        "For pages LinkedIn first lets in the company behind the application (Community Management API: a registered organisation, a form, "
        "weeks), and that application may have no other product. For your own profile an application of your own is enough, without review "
        "(Share on LinkedIn, and Sign in with LinkedIn using OpenID Connect). By hand nothing is asked."
    )
    fields = signing.FIELDS
    asks = signing.ASKS
    scopes = signing.SCOPES
    hosts = ("linkedin.com",)
    lacks: Mapping[str, str] = {"hides": "LinkedIn has no hiding of comments through its interface: delete them there."}

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        page, token = answers["page"].strip(), answers["token"].strip()
        if page.lower() != signing.ME and not (page.isascii() and page.isdigit() and len(page) <= 19):
            raise Refused(
                "This is not a page’s number.", mend="It stands in the address of the page’s admin view; or write me."
            )
        line = Line(http, {"token": token, "author": f"urn:li:organization:{page}"})
        try:
            account = signing.own_profile(line) if page.lower() == signing.ME else signing.account_of(line)
        except Reconnect as wrong:
            raise Refused(
                "LinkedIn does not accept this token.", mend="Make a new one with the OAuth token tools."
            ) from wrong
        except Gone as wrong:
            raise Refused(
                "LinkedIn knows no page of this number.", mend="Check the number, and that you look after the page."
            ) from wrong
        return account, Granted({"token": token, "author": account.id})

    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
        return signing.leave(answers, back=back, state=state, verifier=verifier)

    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]:
        return signing.arrive(kept, given, back=back, verifier=verifier, http=http)

    def refresh(self, *, over: Line) -> Granted:
        return signing.renew(over)

    def identify(self, *, over: Line) -> Account:
        return signing.account_of(over)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        pictures = [wire.store(over, each) for each in outgoing.pictures]
        body = posts.body_of(outgoing, over.credentials["author"], pictures)
        try:
            return posts.published(wire.write(over, "POST", "/posts", body), outgoing)
        except wire.Twice as twice:
            return self._found(twice, outgoing, over)

    def _found(self, twice: wire.Twice, outgoing: Outgoing, over: Line) -> Published:
        """LinkedIn says that it has these words of ours already: they may be those of an earlier attempt of this very post."""
        found = Absent() if is_member(over) else self.settle(outgoing, over=over)
        if isinstance(found, Published):
            return found
        raise Refused(twice.reason, twice.mend) from twice

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        """A comment under a post, or under the comment that is answered: LinkedIn has two levels and no more."""
        if outgoing.pictures or len(outgoing.text.encode("utf-16-le")) // 2 > COMMENT:
            raise Refused("LinkedIn takes comments of at most 1,250 characters, without pictures.", mend="Shorten it.")
        under, parent = self._answered(outgoing.answers, over)
        body: dict[str, Any] = {
            "actor": over.credentials["author"],
            "object": under,
            "message": {"text": outgoing.text},
        }
        body |= {"parentComment": parent} if parent else {}
        return posts.published(
            wire.write(over, "POST", f"/socialActions/{wire.key(parent or under)}/comments", body), outgoing
        )

    def _answered(self, id: str, over: Line) -> tuple[str, str]:
        """(the post, the comment of the first level) that an answer goes under. What a member answers cannot be read."""
        under, number = posts.place_of(id)
        if not number:
            return id, ""
        if is_member(over):
            return under, id
        return under, wire.urn_of(wire.read(over, posts.path_of(id)), "parentComment") or id

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        """A page's own posts since it was made, or its comments under what was answered."""
        if is_member(over):
            raise Refused(UNREAD, mend=LOOK)
        if outgoing.answers:
            return self._comment(outgoing, over)
        for post in posts.sent_since(outgoing, over):
            if posts.is_it(post, outgoing) and (id := wire.urn_of(post, "id")):
                return posts.stood(id, texts.plain(wire.text_of(post, "commentary")), wire.count_of(post, "createdAt"))
        return Absent()

    def _comment(self, outgoing: Outgoing, over: Line) -> Published | Absent:
        under, parent = self._answered(outgoing.answers, over)
        for comment in posts.comments_on(parent or under, over):
            is_late = wire.instant_of(posts.said_at(comment)) >= outgoing.made_at - posts.EARLIER
            is_ours = wire.urn_of(comment, "actor") == over.credentials["author"] and is_late
            words, id = posts.words_of(comment), wire.urn_of(comment, "commentUrn")
            if id and is_ours and texts.even(words) == texts.even(outgoing.text):
                return posts.stood(id, words, posts.said_at(comment))
        return Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; pictures and card stay, because they are not named."""
        said = {"patch": {"$set": {"commentary": texts.little(outgoing.text)}}}
        if posts.place_of(id)[1]:
            said = {"patch": {"message": {"$set": {"text": outgoing.text}}}}  # type: ignore[dict-item]
        posts.changed(
            wire.write(over, "POST", posts.path_of(id, over.credentials["author"]), said, kind="PARTIAL_UPDATE")
        )
        return Published(id, texts.version_of(outgoing.text), posts.address_of(id), outgoing.at)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            wire.write(over, "DELETE", posts.path_of(id, over.credentials["author"]), kind="DELETE")
        except Gone:
            return TakenDown(id, "LinkedIn says that it was gone already.")
        unread = " It cannot be read back there." if is_member(over) else ""
        return TakenDown(id, f"LinkedIn confirms that it is deleted.{unread}")

    def stands(self, id: str, *, over: Line) -> bool:
        if is_member(over):
            return False  # LinkedIn has confirmed it, and that is all it tells
        try:
            found = wire.read(over, posts.path_of(id))
        except Gone:
            return False
        return wire.text_of(found, "lifecycleState") in ("", "PUBLISHED")

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return Hearing((), cursor) if is_member(over) else listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        """Comments are not measured: LinkedIn tells the numbers of posts."""
        own = [] if is_member(over) else [id for id in ids if not posts.place_of(id)[1]]
        standing, told = numbers(own, over) if own else (set[str](), dict[str, Mapping[str, Any]]())
        missing = tuple(id for id in own if id not in standing)
        return Measured(
            tuple(reading(id, each.key, told) for id in ids if id not in missing for each in MEASURES), missing
        )

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps(self.name, outgoing, last=("Choose whether it is posted as the page or as yourself.",))

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"/posts/(?P<id>[^/]+)/?", r"/feed/update/(?P<id>[^/]+)/?")


def is_member(over: Line) -> bool:
    return over.credentials["author"].startswith("urn:li:person:")


def numbers(ids: list[str], over: Line) -> tuple[set[str], dict[str, Mapping[str, Any]]]:
    """(which of these stand, what LinkedIn counts of each): two calls."""
    found = wire.read(over, "/posts", query=f"ids={wire.several(ids)}", method="BATCH_GET")
    standing = [id for id in ids if wire.part(wire.part(found, "results"), id)]
    if not standing:
        return set(), {}
    shares, others = (
        [each for each in standing if ":share:" in each],
        [each for each in standing if ":share:" not in each],
    )
    query = f"q=organizationalEntity&organizationalEntity={wire.key(over.credentials['author'])}"
    query += f"&shares={wire.several(shares)}" if shares else ""
    query += f"&ugcPosts={wire.several(others)}" if others else ""
    rows = wire.listed(
        wire.read(over, "/organizationalEntityShareStatistics", query=query, method="FINDER"), "elements"
    )
    told = {
        wire.urn_of(row, "share") or wire.urn_of(row, "ugcPost"): wire.part(row, "totalShareStatistics") for row in rows
    }
    return set(standing), told


def reading(id: str, measure: str, told: Mapping[str, Mapping[str, Any]]) -> Reading:
    value = wire.count_of(told.get(id, {}), COUNTS[measure])
    return Reading(id, measure, NOT_OFFERED if value is None else value)


CONNECTOR = LinkedIn()
