"""The Facebook Page connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from stoa.social.networks import graph_signing
from stoa.social.networks.counting import counts_of
from stoa.social.networks.facebook_page import listening, numbers, signing, wire
from stoa.social.networks.graph import Twice, told
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.protocol import (
    Absent,
    Account,
    Field,
    Gone,
    Granted,
    Hearing,
    Http,
    Layout,
    Leaving,
    Line,
    LinkRule,
    Measured,
    Outgoing,
    PictureLimit,
    Presence,
    Published,
    Reconnect,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    Unknown,
    VideoLimit,
)

_CHECKED = date(2026, 11, 30)
_POSTS = Source("https://developers.facebook.com/docs/pages-api/posts", _CHECKED)
_PHOTOS = Source("https://developers.facebook.com/docs/graph-api/reference/page/photos", _CHECKED)
_CAUTION = Source("stoa/social/networks/facebook_page/setup.md", _CHECKED)

RULES = Rules(
    text=(TextLimit("utf16", 63_206, _CAUTION),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_PHOTOS,
        format="image/jpeg",
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_POSTS),
    threads=False,
    lag=60.0,
    keyed=False,
    videos_by_hand=VideoLimit(4_000_000_000, 14_400, ("video/mp4", "video/quicktime"), _CAUTION),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name", "time"),
    handle_prefix="",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("like", "comment", "share"),
)
LONGEST_COMMENT = 8_000


class FacebookPage:
    """Signs in, publishes, replies, settles, edits, deletes, listens, hides, measures; by hand as well."""

    key = "facebook_page"
    name = "Facebook Page"
    home = "https://www.facebook.com/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = numbers.MEASURES
    tested = (
        "the parameters in Meta’s own SDK, documented examples, and a small network in memory that answers as the documents say, "
        "not against a real page"
    )
    hosts: tuple[str, ...] = ("facebook.com", "fb.com")
    fields = (
        Field(
            "token",
            "Page access token",
            hint="of the page, not your own: from the Graph API Explorer or a system user",
            kind="secret",
        ),
    )
    asks = signing.ASKS
    scopes = signing.SCOPES
    review = (
        "You need a Meta app of your own. For a page that you look after, with a role in that app, no review is needed, but what the app "
        "posts is seen by everybody only once the app is switched to live. Pages of people without a role in it wait for Meta's App Review "
        "and a verified business. Until then you can serve it by hand."
    )
    lacks: Mapping[str, str] = {}

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        line = Line(http, {"token": answers["token"].strip()})
        mend = "Copy the token of the page itself, with all that setting up names."
        try:
            account = wire.account_of(wire.GRAPH.read(line, "me", fields=wire.PAGE_FIELDS))
        except Reconnect as wrong:
            raise Refused("Facebook does not accept this access token.", mend) from wrong
        except Refused as wrong:
            raise Refused(f"This is not the token of a page. {wrong.reason}", mend) from wrong
        return account, signing.granted(line.credentials["token"], account.id, None)

    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
        return graph_signing.leave(signing.WINDOW, self.scopes, answers, back=back, state=state, verifier=verifier)

    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]:
        return signing.arrive(kept, given, back=back, verifier=verifier, http=http)

    def refresh(self, *, over: Line) -> Granted:
        return signing.still(over)

    def identify(self, *, over: Line) -> Account:
        return wire.account_of(wire.GRAPH.read(over, over.credentials["account"], fields=wire.PAGE_FIELDS))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        """There is no key. Where Facebook says that the same stands there already, it is looked for."""
        fitting(outgoing)
        try:
            return wire.looked_at(wire.post(outgoing, over), outgoing, over)
        except Twice:
            found = self.settle(outgoing, over=over)
            if isinstance(found, Published):
                return found
            raise

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        fitting(outgoing)
        return wire.looked_at(wire.comment(outgoing, over), outgoing, over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        return next(wire.own(outgoing, over), Absent())

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; pictures stay as they are."""
        fitting(outgoing)
        if told(wire.GRAPH.write(over, "POST", id, message=outgoing.text)).get("success") is not True:
            raise Unknown("Facebook does not say that the post is changed.")
        return wire.published({**told(wire.GRAPH.read(over, id, fields=wire.POST)), "id": id}, outgoing)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            wire.GRAPH.write(over, "DELETE", id)
        except Gone:
            return TakenDown(id, "Facebook says that the post was gone already.")
        return TakenDown(id, "Facebook confirms that the post is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            wire.GRAPH.read(over, id, fields="id")
        except Gone:
            return False
        return True

    def hide(self, id: str, *, over: Line) -> None:
        wire.GRAPH.write(over, "POST", id, is_hidden=True)

    def show(self, id: str, *, over: Line) -> None:
        wire.GRAPH.write(over, "POST", id, is_hidden=False)

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        return numbers.measure(ids, over)

    def present(self, *, over: Line) -> Presence:
        return numbers.present(over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps(self.name, outgoing, last=("Make sure that you post as the page, not as yourself.",))

    def recognise(self, address: str) -> Seen | None:
        return seen_in(
            address, self.hosts,
            r"/(?P<handle>[\w.]+)/posts/(?P<id>[\w-]+)/?", r"/(?P<handle>[\w.]+)/posts/[^/]+/(?P<id>\d+)/?",
            r"/(?:[^/]+/)?photos/(?P<id>[^?]+?)/?", r"/share/(?:p/)?(?P<id>\w+)/?",
            r"/permalink\.php\?(?:.*&)?story_fbid=(?P<id>[\w-]+)(?:&.*)?",
        )  # fmt: skip


def fitting(outgoing: Outgoing) -> None:
    """What the network would refuse only when it is sent: said before anything leaves."""
    if outgoing.video is not None:
        raise Refused("Videos do not go to Facebook through its interface from here.", "Post it there by hand.")
    if outgoing.answers and outgoing.pictures:
        raise Refused("Comments go there without pictures from here.", "Take them out.")
    if outgoing.answers and len(outgoing.text) > LONGEST_COMMENT:
        said = f"Facebook takes a comment of {LONGEST_COMMENT} characters."
        raise Refused(said, f"Shorten it by {len(outgoing.text) - LONGEST_COMMENT} characters.")
    for count in counts_of(outgoing.text, RULES.text):
        if count.is_over:
            said = f"The text has {count.used} characters; Facebook takes {count.at_most}."
            raise Refused(said, f"Shorten it by {-count.left} characters.")


CONNECTOR = FacebookPage()
