"""The Lemmy connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stoa.social.networks.counting import utf16_units
from stoa.social.networks.given import instant, listed, part
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.lemmy import joining, listening, presenting, wire
from stoa.social.networks.lemmy.texts import markdown, pictures_in, same
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Account,
    Gone,
    Granted,
    Hearing,
    Http,
    Layout,
    Line,
    LinkRule,
    Measure,
    Measured,
    NotOffered,
    Outgoing,
    PictureLimit,
    Presence,
    Published,
    Rate,
    Reading,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    TryLater,
    Unknown,
)
from stoa.social.networks.titles import titled

_CHECKED = date(2026, 11, 30)
_CODE = "https://github.com/LemmyNet/lemmy/blob/0.19.20"
_LENGTHS = Source(f"{_CODE}/crates/utils/src/utils/validation.rs", _CHECKED)
_RATES = Source(f"{_CODE}/migrations/2022-10-06-183632_move_blocklist_to_db/up.sql", _CHECKED)

LONGEST = 10_000  # a comment's; a post may have 50,000, and its next part is a comment
RULES = Rules(
    text=(TextLimit("utf16", LONGEST, _LENGTHS),),
    pictures=PictureLimit(
        at_most=4,
        bytes_at_most=10_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=1500,
        alt_count="utf16",
        source=_LENGTHS,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_LENGTHS),
    threads=True,
    lag=0.0,
    rates=(Rate("posts", 6, 600, _RATES), Rate("pictures", 6, 3600, _RATES, weight=0)),
    keyed=False,
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name", "time"),
    handle_prefix="!",
    body=("text", "pictures", "card"),
    card="beside",
    actions=("vote", "comment", "share"),
)

MEASURES = (
    Measure("likes", "Upvotes", offered=True),
    Measure("downvotes", "Downvotes", offered=True),
    Measure("replies", "Comments", offered=True),
    Measure("reach", "Reach", offered=False, reason="Lemmy does not count who has read a post."),
)
COUNTS = {"likes": ("upvotes",), "downvotes": ("downvotes",), "replies": ("comments", "child_count")}
FOLLOWED_BACK = 5  # pages of our own posts that are read to find one again
EARLIER = timedelta(minutes=10)  # by how much the server's clock may be behind ours


class Lemmy:
    """Connects, publishes, replies, settles, edits, deletes, listens and measures. Ids are "post/7" and "comment/7"."""

    key = "lemmy"
    name = "Lemmy"
    home = "https://join-lemmy.org/"
    folder = Path(__file__).parent
    tested = "documented examples only"
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    hosts: tuple[str, ...] = ()
    fields = joining.FIELDS
    lacks: Mapping[str, str] = {"hides": "Lemmy lets moderators remove what others write, and nobody else hide it."}

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        return joining.connect(answers, http)

    def refresh(self, *, over: Line) -> Granted:
        """A session does not end by itself: the server is asked, to hear when it was taken back."""
        joining.own_person(over)
        return Granted(dict(over.credentials))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        """A post: its first line is the title. The first picture is what the post shows; the others stand below the words."""
        if outgoing.answers:
            return self.reply(outgoing, over=over)
        check_length(outgoing.text)
        title, words = titled(outgoing.text)
        if len(title) < 3:
            raise Refused("Lemmy asks for a title.", mend="Write it as the first line: 3 to 200 characters.")
        shown = [(wire.store(over, each), each.alt) for each in outgoing.pictures]
        body: dict[str, Any] = {"name": title, "community_id": int(over.credentials["community"])}
        if told := markdown(words, shown[1:]):
            body["body"] = told
        if shown:
            body |= {"url": shown[0][0], **({"alt_text": shown[0][1]} if shown[0][1] else {})}
        elif outgoing.link:
            body["url"] = outgoing.link
        return published(wire.write(over, "POST", "post", body), over)

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        """A comment, on a post or under another comment; it has no title."""
        check_length(outgoing.text)
        answered = standing(outgoing.answers, over)
        body: dict[str, Any] = {"post_id": listening.number_of(part(answered, "post"))}
        if outgoing.answers.startswith("comment/"):
            body["parent_id"] = listening.number_of(part(answered, "comment"))
        shown = [(wire.store(over, each), each.alt) for each in outgoing.pictures]
        return published(wire.write(over, "POST", "comment", {**body, "content": markdown(outgoing.text, shown)}), over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        """Our own posts or comments since it was made, by our link's code; without a link by the same words."""
        for view in own_writings(outgoing, over):
            if is_this(view, outgoing, over):
                return published(view, over)
        return Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; pictures below them are taken along, and the one that the post shows stays."""
        check_length(outgoing.text)
        stands, number = standing(id, over), int(id.partition("/")[2])
        if id.startswith("comment/"):
            kept = pictures_in(str(part(stands, "comment").get("content") or ""))
            body: dict[str, Any] = {"comment_id": number, "content": "\n\n".join([markdown(outgoing.text), *kept])}
            return published(wire.write(over, "PUT", "comment", body), over)
        title, words = titled(outgoing.text)
        kept = pictures_in(str(part(stands, "post").get("body") or ""))
        told = "\n\n".join(each for each in (markdown(words), *kept) if each)
        return published(wire.write(over, "PUT", "post", {"post_id": number, "name": title, "body": told}), over)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        """Pictures are stored for themselves: Lemmy deletes what was written, and leaves them where they are."""
        try:
            stands = standing(id, over)
        except Gone:
            return TakenDown(id, "The server says that it was gone already.")
        kind, _, number = id.partition("/")
        wire.write(over, "POST", f"{kind}/delete", {f"{kind}_id": int(number), "deleted": True})
        said = "The server confirms that it is deleted. Other servers are asked to forget it too."
        left = " Its pictures stay on the server, for whoever has their addresses."
        return TakenDown(id, said + left if shows_pictures(stands) else said)

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            standing(id, over)
        except Gone:
            return False
        return True

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        readings: list[Reading] = []
        missing: list[str] = []
        for id in ids:
            try:
                view = standing(id, over)
            except Gone:
                missing.append(id)
                continue
            readings += [Reading(id, each.key, value_of(each.key, view)) for each in MEASURES]
        return Measured(tuple(readings), tuple(missing))

    def present(self, *, over: Line) -> Presence:
        return presenting.present(over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        last = ("Take the first line as the title, up to 200 characters.",)
        return usual_steps("Lemmy", outgoing, last=last, describes="as its alternative text")

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"/(?P<id>(?:post|comment)/\d{1,18})/?")


def check_length(text: str) -> None:
    over = utf16_units(text) - LONGEST
    if over > 0:
        raise Refused(f"The text has {over} characters too many for Lemmy.", mend="Shorten it, or make a thread of it.")


def standing(id: str, over: Line) -> Mapping[str, Any]:
    """A post or comment as it stands. What we deleted is still shown to us, with a word that says so."""
    kind, _, number = id.partition("/")
    if kind not in ("post", "comment") or not number.isdecimal():
        raise Gone("This is no post of Lemmy.")
    view = part(wire.read(over, kind, id=number), f"{kind}_view")
    found = part(view, kind)
    if not listening.number_of(found) or found.get("deleted") or found.get("removed"):
        raise Gone("This is not there any more.")
    return view


def shows_pictures(view: Mapping[str, Any]) -> bool:
    """Whether pictures stand in it: one that the post shows, or some below its words."""
    post, comment = part(view, "post"), part(view, "comment")
    if comment:
        return bool(pictures_in(str(comment.get("content") or "")))
    return "/pictrs/image/" in str(post.get("url") or "") or bool(pictures_in(str(post.get("body") or "")))


def own_writings(outgoing: Outgoing, over: Line) -> Iterator[Mapping[str, Any]]:
    """The account's posts, or its comments where it answers, the newest first, back to when this one was made."""
    name, kind = ("comments", "comment") if outgoing.answers else ("posts", "post")
    for number in range(1, FOLLOWED_BACK + 1):
        asked = {"person_id": over.credentials["person"], "sort": "New", "limit": 50, "page": number}
        page = listed(wire.read(over, "user", **asked), name)
        for view in page:
            found = part(view, kind)
            if instant(found.get("published")) < outgoing.made_at - EARLIER:
                return
            if not found.get("deleted") and not found.get("removed"):
                yield view
        if len(page) < 50:
            return
    raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)


def is_this(view: Mapping[str, Any], outgoing: Outgoing, over: Line) -> bool:
    """An account may write in several communities: a post is of this one, an answer of what it answers."""
    post, comment = part(view, "post"), part(view, "comment")
    if comment:
        words = str(comment.get("content") or "")
        found = outgoing.marker in words if outgoing.marker else same(words, outgoing.text)
        return found and listening.parent_of(comment, listening.number_of(post)) == outgoing.answers
    words, (title, told) = str(post.get("body") or ""), titled(outgoing.text)
    if str(post.get("community_id")) != over.credentials["community"]:
        return False
    if outgoing.marker:
        return any(outgoing.marker in each for each in (words, str(post.get("name")), str(post.get("url"))))
    return str(post.get("name") or "").split() == title.split() and same(words, told)


def value_of(measure: str, view: Mapping[str, Any]) -> int | NotOffered:
    """What the server counts; our own upvote, which Lemmy gives by itself, is not counted as one."""
    counts = part(view, "counts")
    found = next((each for name in COUNTS.get(measure, ()) if type(each := counts.get(name)) is int), None)
    if found is None:
        return NOT_OFFERED
    return max(int(found) - (1 if measure == "likes" and view.get("my_vote") == 1 else 0), 0)


def published(made: Any, over: Line) -> Published:
    """Out of an answer or out of a view: a comment's names its post too."""
    view = part(made, "comment_view") or part(made, "post_view") or part(made)
    kind = "comment" if part(view, "comment") else "post"
    found = part(view, kind)
    if not (number := listening.number_of(found)):
        raise Unknown("The server's answer does not name what it made.")
    id, at = f"{kind}/{number}", instant(found.get("published"))
    return Published(id, str(found.get("updated") or number), f"{over.credentials['server']}/{id}", at)


CONNECTOR = Lemmy()
