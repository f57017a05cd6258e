"""The X connector: what the network allows and costs, and one method for each thing that it can do.

X lets programs publish for money; by hand a post costs nothing, and every channel may be served so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Account,
    Cost,
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
    Rate,
    Reading,
    Reconnect,
    Refused,
    Rules,
    SameAgain,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    TryLater,
    Unknown,
    VideoLimit,
)
from stoa.social.networks.x_twitter import listening, signing, texts, wire

_CHECKED = date(2026, 11, 30)
_COUNTED = Source("https://docs.x.com/fundamentals/counting-characters", _CHECKED)
_MEDIA = Source("https://docs.x.com/x-api/media/quickstart/best-practices", _CHECKED)
_RATES = Source("https://docs.x.com/x-api/fundamentals/rate-limits", _CHECKED)
_PRICES = Source("https://docs.x.com/x-api/getting-started/pricing", _CHECKED)

RULES = Rules(
    text=(TextLimit("x_weighted", 280, _COUNTED),),
    pictures=PictureLimit(
        at_most=4,
        bytes_at_most=5_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_MEDIA,
    ),
    link=LinkRule(counts_as=23, card=False, card_beside_pictures=False, source=_COUNTED),
    threads=True,
    lag=60.0,
    rates=(Rate("posts", 100, 900, _RATES), Rate("posts in a day", 10_000, 86_400, _RATES)),
    costs=(
        Cost("A post", Decimal("0.015"), "USD", _PRICES, when="post"),
        Cost("A post with a link", Decimal("0.20"), "USD", _PRICES, when="link"),
        Cost("The description of a picture", Decimal("0.005"), "USD", _PRICES, when="picture"),
        Cost("A post that is looked up or measured", Decimal("0.005"), "USD", _PRICES, when="reading"),
        Cost("A mention, with who wrote it", Decimal("0.015"), "USD", _PRICES, when="reading"),
        Cost("A post that is taken down", Decimal("0.010"), "USD", _PRICES, when="removal"),
    ),
    keyed=False,
    answers="when_addressed",
    videos_by_hand=VideoLimit(512_000_000, 140, ("video/mp4", "video/quicktime"), _MEDIA),
    same_again=SameAgain(
        "X counts posts that say the same again and again as spam: it may refuse them, show them to fewer people or lock the account.",
        Source("https://help.x.com/en/rules-and-policies/authenticity", date(2026, 11, 30)),
    ),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name", "handle", "time"),
    handle_prefix="@",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("reply", "repost", "like"),
)

# X has renamed what it counts; answers with either name are read.
COUNTS = {
    "likes": ("like_count",), "reposts": ("repost_count", "retweet_count"), "replies": ("reply_count",),
    "quotes": ("quote_count",), "impressions": ("impression_count",),
}  # fmt: skip
MEASURES = (
    Measure("likes", "Likes", offered=True),
    Measure("reposts", "Reposts", offered=True),
    Measure("replies", "Replies", offered=True),
    Measure("quotes", "Quotes", offered=True),
    Measure("impressions", "Views", offered=True),
    Measure("reach", "Reach", offered=False, reason="X counts how often a post was shown, not to how many people."),
)
EARLIER = timedelta(minutes=10)  # by how much X's clock may be behind ours
FOLLOWED_BACK = 3  # pages of our own posts that are read to find one again: X takes money for each post
AT_ONCE = 100  # posts that X gives in one call
GIF = "X takes a GIF alone, and no other picture beside it."


class X:
    """Connects, signs in, publishes, replies, settles, deletes, listens and measures."""

    key = "x_twitter"
    name = "X"
    home = "https://x.com/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "X’s own package, and a small network in memory that answers as X’s documents say, not against X itself"
    review = (
        "X takes money for what programs do: before you begin, open an account in its developer console, make an app there, and buy "
        "credits. By hand nothing costs."
    )
    fields = signing.FIELDS
    asks = signing.ASKS
    scopes = signing.SCOPES
    hosts = ("x.com", "twitter.com")
    lacks: Mapping[str, str] = {
        "edits": "X lets an account that pays for it correct a post for half an hour, and makes another post of it: correct it in the app.",
        "hides": "Stoa does not hide answers on X yet: hide them in the app.",
    }

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        return opened(signing.copied(answers, http), http)

    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
        return signing.leave(answers, back=back, state=state, verifier=verifier)

    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]:
        return (opened(signing.arrive(kept, given, back=back, verifier=verifier, http=http), http),)

    def refresh(self, *, over: Line) -> Granted:
        renewed = signing.renew(over.credentials, over.http)
        return signing.known_as(renewed, over.credentials["account"], over.credentials["handle"])

    def revoke(self, *, over: Line) -> None:
        signing.revoke(over)

    def identify(self, *, over: Line) -> Account:
        return own_account(over)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        if len(outgoing.pictures) > 1 and any(each.mime == "image/gif" for each in outgoing.pictures):
            raise Refused(GIF, mend="Take the GIF out, or send it alone.")
        pictures = [wire.store(over, each) for each in outgoing.pictures]
        body: dict[str, Any] = {"text": outgoing.text}
        body |= {"media": {"media_ids": pictures}} if pictures else {}
        body |= {"reply": {"in_reply_to_tweet_id": outgoing.answers}} if outgoing.answers else {}
        try:
            made = wire.write(over, "POST", "/tweets", body)
        except wire.Twice:
            return self._found(outgoing, over)
        return published(wire.part(made, "data"), outgoing, over)

    def _found(self, outgoing: Outgoing, over: Line) -> Published:
        """X says that it has these words of ours already: they may be those of an earlier attempt of this very post."""
        found = self.settle(outgoing, over=over)
        if isinstance(found, Published):
            return found
        raise Refused("X says that you have posted these words already.", mend="Change the words, then send it again.")

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        return self.publish(outgoing, over=over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        """Our own posts since it was made, by our link's code; without a link by the same words in answer to the same post."""
        for post in own_posts(outgoing, over):
            if outgoing.marker and texts.holds(post, outgoing.marker):
                return published(post, outgoing, over)
            answers_it = listening.named_as("replied_to", post) == outgoing.answers
            if not outgoing.marker and answers_it and texts.same(post, outgoing.text):
                return published(post, outgoing, over)
        return Absent()

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            told = wire.part(wire.write(over, "DELETE", f"/tweets/{id}"), "data")
        except Gone:
            return TakenDown(id, "X says that the post was gone already.")
        if told.get("deleted") is not True:
            raise Unknown("X does not say that the post is deleted.")
        return TakenDown(id, "X confirms that the post is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        return id in looked_up([id], over)

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        found = looked_up(ids, over, "id,public_metrics")
        readings = [reading(id, measure.key, found[id]) for id in ids if id in found for measure in MEASURES]
        return Measured(tuple(readings), tuple(id for id in ids if id not in found))

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("X", outgoing, describes="on each picture, with +ALT")

    def recognise(self, address: str) -> Seen | None:
        return seen_in(
            address, self.hosts, r"/i/(?:web/)?status/(?P<id>\d+)/?", r"/(?P<handle>\w{1,15})/status/(?P<id>\d+)(?:/photo/\d)?/?"
        )  # fmt: skip


def own_account(over: Line) -> Account:
    found = wire.part(wire.read(over, "/users/me", user_fields="name,username,profile_image_url"), "data")
    account = listening.account_of(found)
    if not account.id or not account.handle:
        raise TryLater("X does not say whose account this is.", after=600.0)
    return account


def opened(granted: Granted, http: Http) -> tuple[Account, Granted]:
    try:
        account = own_account(Line(http, granted.credentials))
    except Reconnect as wrong:
        raise Refused(
            f"X does not let us in: {wrong.reason}", mend="Look at the account and the app, then begin again."
        ) from wrong
    return account, signing.known_as(granted, account.id, account.handle)


def own_posts(outgoing: Outgoing, over: Line) -> Iterator[Mapping[str, Any]]:
    """The account's posts and answers, the newest first, back to when this one was made; not what it has reposted."""
    path, token = f"/users/{over.credentials['account']}/tweets", ""
    begun = (outgoing.begun - EARLIER).strftime("%Y-%m-%dT%H:%M:%SZ")
    for _page in range(FOLLOWED_BACK):
        page = wire.read(
            over, path, post_fields="created_at,display_text_range,entities,id,text", expansions="referenced_posts",
            exclude="retweets", start_time=begun, max_results=AT_ONCE, pagination_token=token,
        )  # fmt: skip
        yield from (each for each in wire.listed(page, "data") if wire.id_of(each))
        token = wire.text_of(wire.part(page, "meta"), "next_token")
        if not token:
            return
    raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)


def looked_up(ids: Sequence[str], over: Line, fields: str = "id") -> dict[str, Mapping[str, Any]]:
    """The posts that stand, by their id. Those that do not are missing in X's answer, which is a success all the same."""
    found: dict[str, Mapping[str, Any]] = {}
    for first in range(0, len(ids), AT_ONCE):
        try:
            told = wire.read(over, "/tweets", ids=",".join(ids[first : first + AT_ONCE]), post_fields=fields)
        except Gone:
            continue
        found |= {wire.id_of(each): each for each in wire.listed(told, "data") if wire.id_of(each)}
    return found


def reading(id: str, measure: str, post: Mapping[str, Any]) -> Reading:
    told = wire.part(post, "public_metrics")
    for name in COUNTS.get(measure, ()):
        value = told.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15:
            return Reading(id, measure, value)
    return Reading(id, measure, NOT_OFFERED)


def published(post: Mapping[str, Any], outgoing: Outgoing, over: Line) -> Published:
    id, at = wire.id_of(post), wire.text_of(post, "created_at")
    if not id:
        raise Unknown("X’s answer does not name the post.")
    address = listening.address_of(over.credentials.get("handle", ""), id)
    return Published(id=id, version=id, address=address, at=wire.instant_of(at) if at else outgoing.at)


CONNECTOR = X()
