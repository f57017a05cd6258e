"""The Threads connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from stoa.social.networks import graph_signing
from stoa.social.networks.containers import shown, told_posts
from stoa.social.networks.counting import counts_of
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.meta_threads import listening, numbers, signing, wire
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
    TakenDown,
    TextLimit,
    Told,
    VideoLimit,
)

_CHECKED = date(2026, 11, 30)
_POSTS = Source("https://developers.facebook.com/documentation/threads/posts", _CHECKED)
_ALT = Source("https://developers.facebook.com/documentation/threads/posts/accessibility", _CHECKED)
_LIMITS = Source("https://developers.facebook.com/documentation/threads/overview", _CHECKED)
_DELETES = Source("https://developers.facebook.com/docs/threads/posts/delete-posts", _CHECKED)

RULES = Rules(
    text=(TextLimit("emoji_as_bytes", 500, _POSTS),),
    pictures=PictureLimit(
        at_most=20,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_POSTS,
        ratio_min=0.1,
        ratio_max=10.0,
        width_at_most=1440,
        format="image/jpeg",
        fetched=True,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_POSTS),
    threads=True,
    lag=60.0,
    rates=(Rate("posts", 250, 86_400, _LIMITS), Rate("deletes", 100, 86_400, _DELETES, weight=0)),
    videos=VideoLimit(
        bytes_at_most=1_000_000_000,
        seconds_at_most=300,
        mimes=("video/mp4", "video/quicktime"),
        source=_POSTS,
        alt_at_most=1000,
        ratio_min=0.01,
        ratio_max=10.0,
        fetched=True,
    ),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("handle", "time"),
    handle_prefix="@",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("like", "reply", "repost"),
)


class Threads:
    """Signs in, prepares, publishes, replies, settles, deletes, listens, hides, measures; by hand as well."""

    key = "meta_threads"
    name = "Threads"
    home = "https://www.threads.com/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = numbers.MEASURES
    tested = "documented examples only, and a small network in memory that answers as the documents say"
    hosts: tuple[str, ...] = ("threads.net", "threads.com")
    fields = (
        Field("token", "Access token", hint="made in the app's dashboard with the User Token Generator", kind="secret"),
    )
    asks = signing.ASKS
    scopes = signing.SCOPES
    review = (
        "You need a Meta app of your own with the Threads use case. For your own accounts no review is needed: invite them as Threads "
        "testers and accept there. Mentions by others than testers, and accounts of other people, wait for Meta's App Review and a "
        "verified business. Until then you can serve it by hand."
    )
    lacks: Mapping[str, str] = {
        "edits": "Threads lets a program change nothing that is out. Take it down and write it anew."
    }

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        try:
            return opened(Granted({"token": answers["token"].strip()}), http)
        except Reconnect as wrong:
            mend = "Make a new one in the app's dashboard, for an account that is a Threads tester."
            raise Refused("Threads does not accept this access token.", mend) from wrong

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
        return told_posts(wire.GRAPH, over, f"{over.credentials['account']}/threads_publishing_limit")

    def prepare(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Prepared | Pending:
        fitting(outgoing)
        return wire.MAKER.prepare(outgoing, wire.fields_of(outgoing), wire.media_of(outgoing), handle, over)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        container = outgoing.prepared or wire.MAKER.readied(self.prepare(outgoing, over=over))
        if id := wire.MAKER.publish(container, over):
            return wire.looked_at(id, outgoing, over)
        return shown(self.settle(replace(outgoing, prepared=""), over=over), self.name)

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        return self.publish(outgoing, over=over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        return wire.MAKER.settle(outgoing.prepared, wire.found(outgoing, over), over)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            wire.GRAPH.write(over, "DELETE", id)
        except Gone:
            return TakenDown(id, "Threads says that the post was gone already.")
        return TakenDown(id, "Threads confirms that the post is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            wire.GRAPH.read(over, id, fields="id")
        except Gone:
            return False
        return True

    def hide(self, id: str, *, over: Line) -> None:
        wire.GRAPH.write(over, "POST", f"{id}/manage_reply", hide=True)

    def show(self, id: str, *, over: Line) -> None:
        wire.GRAPH.write(over, "POST", f"{id}/manage_reply", hide=False)

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        return numbers.measure(ids, over)

    def present(self, *, over: Line) -> Presence:
        return numbers.present(over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps(self.name, outgoing)

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"/@(?P<handle>[\w.]+)/post/(?P<id>[\w-]+)/?")


def opened(granted: Granted, http: Http) -> tuple[Account, Granted]:
    """Whose token it is; its account and handle are kept beside it."""
    account = wire.account_of(wire.GRAPH.read(Line(http, granted.credentials), "me", fields=wire.PROFILE))
    kept = {**granted.credentials, "account": account.id, "handle": account.handle}
    return account, Granted(kept, granted.fresh_until, granted.ends_at)


def fitting(outgoing: Outgoing) -> None:
    """The network would refuse it only when it is sent: said before anything is made there."""
    for count in counts_of(outgoing.text, RULES.text):
        if count.is_over:
            said = f"The text has {count.used} characters; Threads takes {count.at_most}."
            raise Refused(said, f"Shorten it by {-count.left} characters.")


CONNECTOR = Threads()
