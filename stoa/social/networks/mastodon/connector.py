"""The Mastodon connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stoa.social.networks.given import counted, instant, part, row, rows, word
from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.mastodon import filming, listening, presenting, signing, wire
from stoa.social.networks.mastodon.texts import plain, same
from stoa.social.networks.protocol import (
    ENDLESS,
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
    Measure,
    Measured,
    Outgoing,
    Pending,
    PictureLimit,
    Prepared,
    Presence,
    Published,
    Rate,
    Reading,
    Reconnect,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    Told,
    TryLater,
    Unknown,
    VideoLimit,
)

_CHECKED = date(2026, 11, 22)
_INSTANCE = Source("https://docs.joinmastodon.org/entities/Instance/", _CHECKED)
_STATUSES = Source("https://docs.joinmastodon.org/methods/statuses/", _CHECKED)
_RATES = Source("https://docs.joinmastodon.org/api/rate-limits/", _CHECKED)

RULES = Rules(
    text=(TextLimit("fediverse", 500, _INSTANCE),),
    pictures=PictureLimit(
        at_most=4,
        bytes_at_most=16_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=1500,
        alt_count="codepoints",
        source=_INSTANCE,
    ),
    link=LinkRule(counts_as=23, card=False, card_beside_pictures=False, source=_STATUSES),
    threads=True,
    lag=0.0,
    rates=(Rate("requests", 300, 300, _RATES), Rate("pictures", 30, 1800, _RATES, weight=0)),
    videos=VideoLimit(
        103_809_024, ENDLESS, ("video/mp4", "video/quicktime", "video/webm"), _INSTANCE, alt_at_most=1500
    ),
)

LAYOUT = Layout(
    avatar="rounded",
    heading=("name", "handle", "time"),
    handle_prefix="@",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("reply", "boost", "favourite"),
)

COUNTS = {"likes": "favourites_count", "reposts": "reblogs_count", "replies": "replies_count", "quotes": "quotes_count"}
MEASURES = (
    Measure("likes", "Favourites", offered=True),
    Measure("reposts", "Boosts", offered=True),
    Measure("replies", "Replies", offered=True),
    Measure("quotes", "Quotes", offered=True),
    Measure("reach", "Reach", offered=False, reason="Mastodon counts no views, by principle."),
)
FOLLOWED_BACK = 5  # pages of our own posts that are read to find one again
EARLIER = timedelta(minutes=10)  # by how much the server's clock may be behind ours


class Mastodon:
    """Connects, publishes, replies, settles, edits, deletes, listens and measures."""

    key = "mastodon"
    name = "Mastodon"
    home = "https://joinmastodon.org/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = (
        "the documented examples and a small server in memory that answers as the documents say, "
        "not against a real server"
    )
    hosts: tuple[str, ...] = ()
    fields = (
        Field("server", "Server", hint="for example https://mastodon.social", kind="url"),
        Field("token", "Access token", hint="made in Preferences → Development → New application", kind="secret"),
    )
    asks = signing.ASKS
    scopes = signing.SCOPES
    lacks: Mapping[str, str] = {"hides": "Mastodon has no hiding of what others answer."}

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        line = wire.line_to(http, answers["server"], answers["token"])
        try:
            account, number = own_account(line)
        except Reconnect as wrong:
            said = "This server does not accept the access token."
            raise Refused(said, mend="Copy it again from Preferences → Development.") from wrong
        return account, Granted({**line.credentials, "account": number})

    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
        return signing.leave(answers, back=back, state=state, verifier=verifier, http=http)

    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]:
        granted = signing.arrive(kept, given, back=back, verifier=verifier, http=http)
        account, number = own_account(Line(http, granted.credentials))
        return ((account, replace(granted, credentials={**granted.credentials, "account": number})),)

    def refresh(self, *, over: Line) -> Granted:
        """Access tokens do not end by themselves: the same one is asked for, to hear when it was taken back."""
        if over.credentials.get("refresh"):
            return signing.refresh(over)
        own_account(over)
        return Granted(dict(over.credentials))

    def revoke(self, *, over: Line) -> None:
        signing.revoke(over)

    def identify(self, *, over: Line) -> Account:
        return own_account(over)[0]

    def tell(self, *, over: Line) -> Told:
        address = f"{over.credentials['server']}/api/v2/instance"
        return Told(address, **signing.limits(wire.read(over, "v2/instance")))

    prepares_videos_alone = True

    def prepare(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Prepared | Pending:
        return filming.prepare(outgoing, over, handle)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        pictures = [wire.store(over, each) for each in outgoing.pictures]
        pictures += [outgoing.prepared] if outgoing.video and outgoing.prepared else []
        body: dict[str, Any] = {"status": outgoing.text, "visibility": "public"}
        body |= {"media_ids": pictures} if pictures else {}
        body |= {"language": outgoing.language} if outgoing.language else {}
        body |= {"in_reply_to_id": outgoing.answers} if outgoing.answers else {}
        try:
            return published(wire.write(over, "POST", "v1/statuses", body, key=outgoing.key))
        except Refused as refused:
            if not filming.is_named(outgoing, refused):
                raise
            found = self.settle(outgoing, over=over)  # it has the video no longer, or shows it in this very post
            if isinstance(found, Published):
                return found
            raise Gone(refused.reason) from refused

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        """Mastodon tells people by mention alone: who is answered is named first, unless the text does so."""
        answered = wire.read(over, f"v1/statuses/{outgoing.answers}")
        return self.publish(replace(outgoing, text=addressed(outgoing.text, answered, over)), over=over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        """Our own posts since it was made, by our link's code; without a link by the same words."""
        for status in own_posts(outgoing, over):
            content = str(status.get("content") or "")
            if outgoing.marker and outgoing.marker in content:
                return published(status)
            if not outgoing.marker and same(plain(content), outgoing.text, is_answer=bool(outgoing.answers)):
                return published(status)
        return Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; pictures stay as they are, because leaving them out would take them away."""
        stands = row(wire.read(over, f"v1/statuses/{id}"))
        kept = [word(each, "id") for each in rows(stands, "media_attachments")]
        body: dict[str, Any] = {"status": self._said_again(outgoing, over), "media_ids": kept}
        body |= {"language": outgoing.language} if outgoing.language else {}
        return published(wire.write(over, "PUT", f"v1/statuses/{id}", body))

    def _said_again(self, outgoing: Outgoing, over: Line) -> str:
        """The new words of a post. An answer goes on naming whom it answers, as long as that stands."""
        if not outgoing.answers:
            return outgoing.text
        try:
            return addressed(outgoing.text, wire.read(over, f"v1/statuses/{outgoing.answers}"), over)
        except Gone:
            return outgoing.text

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            wire.write(over, "DELETE", f"v1/statuses/{id}")
        except Gone:
            return TakenDown(id, "The server says that the post was gone already.")
        return TakenDown(id, "The server confirms that the post is deleted. Other servers are asked to forget it too.")

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            wire.read(over, f"v1/statuses/{id}")
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
                status = row(wire.read(over, f"v1/statuses/{id}"))
            except Gone:
                missing.append(id)
                continue
            readings += [reading(id, measure.key, status) for measure in MEASURES]
        return Measured(tuple(readings), tuple(missing))

    def present(self, *, over: Line) -> Presence:
        return presenting.present(over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("Mastodon", outgoing, describes="under each picture, with ALT")

    def recognise(self, address: str) -> Seen | None:
        seen = seen_in(address, self.hosts, r"/@(?P<handle>[\w.-]+(?:@[\w.-]+)?)/(?P<id>\d+)/?")
        if seen is None or "@" in seen.handle:
            return seen
        return Seen(seen.id, f"{seen.handle}@{urlsplit(address.strip()).netloc}")


def own_account(line: Line) -> tuple[Account, str]:
    """Who the token belongs to, and its number there. One's own account lives on the server that is asked."""
    found = wire.read(line, "v1/accounts/verify_credentials")
    if not (number := word(found, "id")):
        raise TryLater("The server does not say whose account this is.", after=600.0)
    own = {**found, "acct": word(found, "acct").partition("@")[0]}
    return listening.account_of(own, line.credentials["server"]), number


def addressed(text: str, answered: Mapping[str, Any], over: Line) -> str:
    """The text with whom it answers named before it; an answer to ourselves names nobody."""
    account = part(answered, "account")
    name = f"@{word(account, 'acct')}"
    if word(account, "id") == over.credentials["account"] or name == "@" or name.lower() in text.lower():
        return text
    return f"{name} {text}"


def own_posts(outgoing: Outgoing, over: Line) -> Iterator[Mapping[str, Any]]:
    """The account's posts, the newest first, back to when this one was made."""
    oldest, path = "", f"v1/accounts/{over.credentials['account']}/statuses"
    for _page in range(FOLLOWED_BACK):
        page = rows(wire.read(over, path, limit=40, exclude_reblogs="true", max_id=oldest))
        for status in page:
            if instant(status.get("created_at")) < outgoing.made_at - EARLIER:
                return
            yield status
        if not page:
            return
        oldest = word(page[-1], "id")
    raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)


def reading(id: str, measure: str, status: Mapping[str, Any]) -> Reading:
    """Older servers do not count quotes: *not offered*, never 0."""
    return Reading(id, measure, counted(status, COUNTS.get(measure, "")))


def published(status: Any) -> Published:
    if not (id := word(status, "id")):
        raise Unknown("The server's answer does not name the post.")
    at = instant(status.get("created_at"))
    return Published(id, word(status, "edited_at", "id"), word(status, "url", "uri"), at)


CONNECTOR = Mastodon()
