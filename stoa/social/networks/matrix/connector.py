"""The Matrix connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from stoa.social.networks.counting import utf8_bytes
from stoa.social.networks.given import part, rows
from stoa.social.networks.handing import is_at, usual_steps
from stoa.social.networks.matrix import contents, joining, listening, presenting, readings, wire
from stoa.social.networks.multipart import ending
from stoa.social.networks.protocol import (
    ENDLESS,
    Absent,
    Account,
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
    Told,
    Trouble,
    TryLater,
    Unknown,
    VideoLimit,
)

_CHECKED = date(2026, 11, 30)
_SIZE = Source("https://spec.matrix.org/v1.18/client-server-api/#size-limits", _CHECKED)
_MESSAGES = Source("https://spec.matrix.org/v1.18/client-server-api/#mroommessage-msgtypes", _CHECKED)
_SERVER = Source("https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html", _CHECKED)

CHARACTERS, BYTES = 15_000, 30_000  # an event has 65,536 bytes, and an edit holds the text twice
RULES = Rules(
    text=(TextLimit("codepoints", CHARACTERS, _SIZE), TextLimit("bytes", BYTES, _SIZE)),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=50_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=10_000,
        alt_count="codepoints",
        source=_SERVER,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_MESSAGES),
    threads=True,
    lag=0.0,
    rates=(Rate("messages", 10, 50, _SERVER),),
    videos=VideoLimit(
        bytes_at_most=50_000_000,
        seconds_at_most=ENDLESS,
        mimes=("video/mp4", "video/webm", "video/quicktime"),
        source=_SERVER,
        alt_at_most=10_000,
    ),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name", "time"),
    handle_prefix="#",
    body=("pictures", "text"),
    card="none",
    actions=("react", "reply", "thread"),
)
FOLLOWED_BACK = 5  # pages of our own messages that are read to find one again
EARLIER = timedelta(minutes=10)  # by how much the server's clock may be behind ours


class Matrix:
    """Connects, publishes, replies, settles, edits, deletes, listens and measures."""

    key = "matrix"
    name = "Matrix"
    home = "https://matrix.org/"
    folder = Path(__file__).parent
    tested = "a real Synapse on loopback, read back with matrix-nio"
    rules = RULES
    layout = LAYOUT
    measures = readings.MEASURES
    hosts = ("matrix.to", "app.element.io")
    fields = joining.FIELDS
    lacks: Mapping[str, str] = {"hides": "On Matrix a message stands or is redacted: nothing is hidden."}

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        return joining.connect(answers, http)

    def refresh(self, *, over: Line) -> Granted:
        return joining.renewed(over)

    def tell(self, *, over: Line) -> Told:
        """The largest upload, which each server sets for itself."""
        found = wire.read(over, "media/config", under="_matrix/client/v1")
        size = found.get("m.upload.size") if isinstance(found, dict) else None
        address = f"{over.credentials['server']}/_matrix/client/v1/media/config"
        most = size if type(size) is int and size > 0 else None
        return Told(address, picture_bytes=most, video_bytes=most)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        """The pictures first, each a message of its own, then the words: when these stand, all of it stands. Each has a transaction
        that is made of the key, so that a second try sends none of them twice."""
        check_length(outgoing.text)
        joining.check_room(over)
        relation = contents.relation_of(outgoing, over)
        messages = [
            contents.picture(number, each, wire.store(over, each, wire.name_of(number, each)), relation)
            for number, each in enumerate(outgoing.pictures, start=1)
        ]
        if film := outgoing.video:
            stored = wire.store_video(over, film, f"video.{ending(film.mime)}")
            messages.append(contents.video(film, stored, relation))
        if outgoing.text.strip() or not messages:
            messages.append(contents.text(outgoing.text, relation))
        key, sent = contents.digest(outgoing.key), list[str]()
        messages[-1][contents.MARK] = {"key": key}
        for number, message in enumerate(messages, start=1):
            if number == len(messages):
                message[contents.MARK] |= {"pictures": list(sent)} if sent else {}
            sent.append(self._send(message, f"{key}-{number}", over, before=sent))
        return Published(sent[-1], sent[-1], listening.address_of(sent[-1], over.credentials), outgoing.at)

    def _send(self, message: Mapping[str, Any], transaction: str, over: Line, *, before: Sequence[str] = ()) -> str:
        """One message. When the server says no, what was sent `before` it is taken back: refused is refused as a whole."""
        try:
            made = wire.write(over, "PUT", wire.in_room(over, "send", "m.room.message", transaction), message)
        except Refused as refused:
            for id in before:
                with suppress(Trouble):
                    self._redact(id, over)
            raise (joining.why_denied(refused, over) if isinstance(refused, wire.Denied) else refused) from refused
        if not isinstance(made, dict) or not made.get("event_id"):
            raise Unknown("The server's answer does not name the message.")
        return str(made["event_id"])

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        return self.publish(outgoing, over=over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        """Our own messages since it was made, by the mark that each of our posts carries."""
        key = contents.digest(outgoing.key)
        for event in own_messages(outgoing, over):
            if contents.mark_of(event).get("key") == key and (id := str(event.get("event_id") or "")):
                at = wire.instant_of(event.get("origin_server_ts"))
                return Published(id, readings.newest_edit(event) or id, listening.address_of(id, over.credentials), at)
        return Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """The words are replaced; pictures are messages of their own and stay."""
        check_length(outgoing.text)
        stands = wire.event(over, id)
        if part(stands, "content").get("msgtype") != "m.text":
            raise Refused("This post has no words to change.", mend="Take it down and publish it anew.")
        message = contents.replacing(id, outgoing.text, contents.mark_of(stands))
        made = self._send(
            message, contents.digest("edit", id, outgoing.key, outgoing.at.isoformat(), outgoing.text), over
        )
        return Published(id, made, listening.address_of(id, over.credentials), outgoing.at)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        """Its pictures and its edits go first: they are messages of their own, and hold words or are named by it alone."""
        try:
            stands = wire.event(over, id)
        except Gone:
            return TakenDown(id, "The server says that the message was gone already.")
        pictures = contents.pictures_of(stands)
        for each in (*pictures, *readings.edits_of(id, over), id):
            with suppress(Gone):
                self._redact(each, over)
        said = "The server confirms that the message is redacted. Other servers are asked to do the same."
        left = " The pictures' files stay on the server, until whoever runs it deletes them."
        shown = bool(pictures) or part(stands, "content").get("msgtype") in ("m.image", "m.video")
        return TakenDown(id, said + left if shown else said)

    def _redact(self, id: str, over: Line) -> None:
        path = wire.in_room(over, "redact", id, contents.digest("redact", id))
        try:
            wire.write(over, "PUT", path, {})
        except wire.Denied as denied:
            raise joining.why_denied(denied, over) from denied

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            wire.event(over, id)
        except Gone:
            return False
        return True

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return listening.listen(cursor, over)

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        return readings.measure(ids, over)

    def present(self, *, over: Line) -> Presence:
        return presenting.present(over)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps("Matrix", outgoing, describes="as its caption")

    def recognise(self, address: str) -> Seen | None:
        """matrix.to and Element keep room and message behind the #."""
        if not is_at(address, self.hosts):
            return None
        place = unquote(urlsplit(address.strip()).fragment).partition("?")[0]
        found = re.fullmatch(r"/(?:room/)?[!#][^/]+/(?P<id>\$[^/]+)/?", place)
        return Seen(found["id"]) if found else None


def check_length(text: str) -> None:
    """What the network would take once and not be able to edit is not sent at all."""
    over = max(len(text) - CHARACTERS, 0) or max(utf8_bytes(text) - BYTES, 0)
    if over:
        said = f"The text is too long for a message that can be edited later: {CHARACTERS} characters, {BYTES} bytes."
        raise Refused(said, mend="Shorten it, or make a thread of it.")


def own_messages(outgoing: Outgoing, over: Line) -> Iterator[Mapping[str, Any]]:
    """The account's messages in the room, the newest first, back to when this one was made."""
    wanted = json.dumps({"senders": [over.credentials["user"]], "types": ["m.room.message"]})
    place = ""
    for _page in range(FOLLOWED_BACK):
        page = wire.read(over, wire.in_room(over, "messages"), dir="b", limit=100, filter=wanted, **{"from": place})
        events = rows(page, "chunk")
        for event in events:
            if wire.instant_of(event.get("origin_server_ts")) < outgoing.made_at - EARLIER:
                return
            yield event
        place = str(page.get("end") or "")
        if not events or not place:
            return
    raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)


CONNECTOR = Matrix()
