"""The Bluesky connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from stoa.social.networks.bluesky import listening, presenting, readings, session
from stoa.social.networks.bluesky.records import (
    COLLECTION,
    address_of,
    build_record,
    fetch_record,
    record_key,
    split_id,
)
from stoa.social.networks.given import instant, row, word
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
    Line,
    LinkRule,
    Measured,
    Outgoing,
    PictureLimit,
    Presence,
    Published,
    Rate,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    Unknown,
    VideoLimit,
)

_CHECKED = date(2026, 11, 23)
_POST = Source("https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json", _CHECKED)
_IMAGES = Source("https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json", _CHECKED)
_RATES = Source("https://docs.bsky.app/docs/advanced-guides/rate-limits", _CHECKED)
_VIDEO = Source("https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/video.json", _CHECKED)
_ALT = Source("https://docs.bsky.app/docs/advanced-guides/posts", _CHECKED)

RULES = Rules(
    text=(TextLimit("graphemes", 300, _POST), TextLimit("bytes", 3000, _POST)),
    pictures=PictureLimit(
        at_most=4,
        bytes_at_most=2_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=2000,
        alt_count="graphemes",
        source=_IMAGES,
        format="image/jpeg",
    ),
    link=LinkRule(counts_as=None, card=True, card_beside_pictures=False, source=_ALT),
    threads=True,
    lag=0.0,
    rates=(
        Rate("write points", 5000, 3600, _RATES, weight=3),
        Rate("write points", 35_000, 86_400, _RATES, weight=3),
        Rate("sign-ins", 30, 300, _RATES, weight=0),
    ),
    videos=VideoLimit(
        bytes_at_most=100_000_000,
        seconds_at_most=180,
        mimes=("video/mp4",),
        source=_VIDEO,
        alt_at_most=1000,
        alt_count="graphemes",
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


class Bluesky:
    """Connects, publishes, replies, settles, deletes, listens and measures."""

    key = "bluesky"
    name = "Bluesky"
    home = session.WEB
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = readings.MEASURES
    tested = "the network’s own servers, run for the tests, and answers recorded from them"
    fields: tuple[Field, ...] = session.FIELDS
    lacks: Mapping[str, str] = {
        "edits": "Bluesky has no editing of posts: readers would go on seeing the first version.",
        "hides": "Bluesky hides replies by a list at the thread's beginning, which this connector does not write.",
    }

    hosts = ("bsky.app",)

    def present(self, *, over: Line) -> Presence:
        return presenting.present(over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("Bluesky", outgoing)

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, r"/profile/(?P<handle>[^/]+)/post/(?P<id>[^/]+)/?")

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        return session.open_session(answers, http)

    def refresh(self, *, over: Line) -> Granted:
        return session.renew_session(over)

    def identify(self, *, over: Line) -> Account:
        return session.who(over)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        """Creates under the chosen key; never writes over it.

        A server answers 500 to a key that is taken already, so after a no or an unclear answer the key is looked up.
        """
        record = build_record(outgoing, over)
        body = {
            "repo": over.credentials["did"],
            "collection": COLLECTION,
            "rkey": record_key(outgoing),
            "validate": True,
            "record": record,
        }
        try:
            made = session.tell(over, "com.atproto.repo.createRecord", body)
        except (Refused, Unknown):
            found = self._look(outgoing, over)
            if found is None:
                raise
            return found
        return named(made, record["createdAt"])

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        return self.publish(outgoing, over=over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        """Reads the account's own repository, which is never behind, at the chosen key."""
        return self._read_back(outgoing, over) or Absent()

    def delete(self, id: str, *, over: Line) -> TakenDown:
        repo, collection, key = split_id(id)
        body = {"repo": repo, "collection": collection, "rkey": key}
        try:
            session.tell(over, "com.atproto.repo.deleteRecord", body)
        except Gone:
            return TakenDown(id, "Bluesky says that the post was gone already.")
        return TakenDown(id, "Bluesky confirms that the post is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            fetch_record(id, over)
        except Gone:
            return False
        return True

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        return readings.measure(ids, over)

    def _look(self, outgoing: Outgoing, over: Line) -> Published | None:
        """A look that may fail: then the first trouble stands."""
        try:
            return self._read_back(outgoing, over)
        except Exception:
            return None

    def _read_back(self, outgoing: Outgoing, over: Line) -> Published | None:
        id = f"at://{over.credentials['did']}/{COLLECTION}/{record_key(outgoing)}"
        try:
            found = fetch_record(id, over)
        except Gone:
            return None
        value = row(found, "value")
        if value.get("text") != outgoing.text:
            reason = "Another post stands at this key on Bluesky."
            raise Refused(reason, mend="Plan the post again, so that it gets a new key.")
        return named(found, value.get("createdAt"))


def named(made: object, at: object) -> Published:
    """The post, as an answer names it."""
    id, version = word(made, "uri"), word(made, "cid")
    if not id or not version:
        raise Unknown("Bluesky's answer does not name the post.")
    return Published(id=id, version=version, address=address_of(id), at=instant(at))


CONNECTOR = Bluesky()
