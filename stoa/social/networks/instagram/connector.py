"""The Instagram connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from stoa.social.networks import graph_signing
from stoa.social.networks.containers import shown, told_posts
from stoa.social.networks.graph import id_of
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.instagram import listening, numbers, signing, wire
from stoa.social.networks.protocol import (
    Absent,
    Account,
    Field,
    Granted,
    Hearing,
    Http,
    Layout,
    Leaving,
    Line,
    LinkRule,
    Measured,
    Outgoing,
    Pending,
    PictureLimit,
    Prepared,
    Presence,
    Published,
    Rate,
    Reconnect,
    Refused,
    Rules,
    Seen,
    Source,
    TextLimit,
    Told,
    VideoLimit,
)

_CHECKED = date(2026, 11, 30)
_MEDIA = Source(
    "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media", _CHECKED
)
_PUBLISHING = Source("https://developers.facebook.com/docs/instagram-platform/content-publishing", _CHECKED)
_LIMIT = Source(
    "https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media_publish",
    _CHECKED,
)
_CAUTION = Source("stoa/social/networks/instagram/setup.md", _CHECKED)

RULES = Rules(
    text=(TextLimit("codepoints", 2_200, _MEDIA),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg",),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_MEDIA,
        ratio_min=0.8,
        ratio_max=1.91,
        width_at_most=1440,
        format="image/jpeg",
        fetched=True,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_CAUTION),
    threads=False,
    lag=60.0,
    rates=(Rate("posts", 50, 86_400, _LIMIT),),
    needs="picture or video",
    videos=VideoLimit(
        bytes_at_most=300_000_000,
        seconds_at_least=3,
        seconds_at_most=900,
        mimes=("video/mp4", "video/quicktime"),
        source=_MEDIA,
        ratio_min=0.01,
        ratio_max=10.0,
        fetched=True,
    ),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name",),
    handle_prefix="@",
    body=("pictures", "text"),
    card="none",
    actions=("like", "comment", "share"),
)
MOST_TAGS, MOST_NAMES, LONGEST_COMMENT = 30, 20, 300
SAID = "comment"  # what stands for the container of a comment, which has none


class Instagram:
    """Signs in, prepares, publishes, replies, settles, listens, hides, measures; by hand as well."""

    key = "instagram"
    name = "Instagram"
    home = "https://www.instagram.com/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = numbers.MEASURES
    tested = (
        "the parameters in Meta’s own SDK, documented examples, and a small network in memory that answers as the documents say, "
        "not against a real account"
    )
    hosts: tuple[str, ...] = ("instagram.com",)
    fields = (
        Field(
            "token",
            "Access token",
            hint="made in the app's dashboard under API setup with Instagram login",
            kind="secret",
        ),
    )
    asks = signing.ASKS
    scopes = signing.SCOPES
    review = (
        "You need a Meta app of your own, and an Instagram account that is a professional one (a business or a creator). For accounts that "
        "you own or manage and have added to your app no review is needed. Accounts of other people wait for Meta's App Review and a "
        "verified business. Until then you can serve it by hand."
    )
    prepares_answers = False
    lacks: Mapping[str, str] = {
        "edits": "Instagram lets a program change nothing that is out. Change it in the app.",
        "deletes": "Instagram lets a program take down no post. Take it down in the app, and say so here.",
    }

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        try:
            return opened(Granted({"token": answers["token"].strip()}), http)
        except Reconnect as wrong:
            mend = "Make a new one in the app's dashboard, for a professional account."
            raise Refused("Instagram does not accept this access token.", mend) from wrong

    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
        return graph_signing.leave(signing.WINDOW, self.scopes, answers, back=back, state=state, verifier=verifier)

    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]:
        token = signing.arrive(kept, given, back=back, verifier=verifier, http=http)
        return (opened(Granted({"token": token.text}, token.fresh_until, token.ends_at), http),)

    def refresh(self, *, over: Line) -> Granted:
        return signing.refresh(over)

    def identify(self, *, over: Line) -> Account:
        return wire.account_of(wire.GRAPH.read(over, "me", fields=wire.PROFILE))

    def tell(self, *, over: Line) -> Told:
        return told_posts(wire.GRAPH, over, f"{over.credentials['account']}/content_publishing_limit")

    def prepare(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Prepared | Pending:
        fitting(outgoing)
        if outgoing.answers:
            return Prepared(SAID)
        return wire.MAKER.prepare(outgoing, {"caption": outgoing.text}, wire.media_of(outgoing), handle, over)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        container = outgoing.prepared or wire.MAKER.readied(self.prepare(outgoing, over=over))
        if id := wire.MAKER.publish(container, over):
            return wire.looked_at(id, outgoing, over)
        return shown(self.settle(replace(outgoing, prepared=""), over=over), self.name)

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        fitting(outgoing)
        return wire.comment(outgoing, over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        if outgoing.answers:
            return next(wire.own_comments(outgoing, over), Absent())
        return wire.MAKER.settle(outgoing.prepared, wire.found(outgoing, over), over)

    def hide(self, id: str, *, over: Line) -> None:
        wire.GRAPH.write(over, "POST", wire.split(id)[1][-1], hide=True)

    def show(self, id: str, *, over: Line) -> None:
        wire.GRAPH.write(over, "POST", wire.split(id)[1][-1], hide=False)

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        return numbers.measure(ids, over)

    def present(self, *, over: Line) -> Presence:
        return numbers.present(over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        last = ("A link in the text cannot be pressed there: put it into the profile, or into a story.",)
        return usual_steps(self.name, outgoing, last=last, describes="under advanced settings, as its alt text")

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"/(?:(?P<handle>[\w.]+)/)?(?:p|reel)/(?P<id>[\w-]+)/?")


def opened(granted: Granted, http: Http) -> tuple[Account, Granted]:
    """Whose token it is; its numbers and its handle are kept beside it."""
    said = wire.GRAPH.read(Line(http, granted.credentials), "me", fields=wire.PROFILE)
    account = wire.account_of(said)
    kept = {**granted.credentials, "account": account.id, "handle": account.handle, "scoped": id_of(said)}
    return account, Granted(kept, granted.fresh_until, granted.ends_at)


def fitting(outgoing: Outgoing) -> None:
    """What the network would refuse only when it is sent: said before anything is made there."""
    most = LONGEST_COMMENT if outgoing.answers else RULES.text[0].at_most
    if (over := len(outgoing.text) - most) > 0:
        what = "a comment" if outgoing.answers else "a text"
        raise Refused(f"Instagram takes {what} of {most} characters.", f"Shorten it by {over} characters.")
    if not outgoing.answers and not outgoing.pictures and outgoing.video is None:
        raise Refused("Instagram takes no post without a picture or a video.", "Add one.")
    for sign, allowed, what in (("#", MOST_TAGS, "hashtags"), ("@", MOST_NAMES, "mentions")):
        if len(re.findall(rf"(?<!\w){sign}\w", outgoing.text)) > allowed:
            raise Refused(f"Instagram takes {allowed} {what} in one text.", "Take some out.")


CONNECTOR = Instagram()
