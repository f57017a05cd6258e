"""The connector of newsletters that this house sends: spoken to over HTTP like any other network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from stoa.social.networks import at_home
from stoa.social.networks.given import EPOCH, counted, instant, number, part, rows, word
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Account,
    Field,
    Gone,
    Granted,
    Http,
    Layout,
    Line,
    LinkRule,
    Measure,
    Measured,
    NotSent,
    Outgoing,
    Pending,
    Picture,
    PictureLimit,
    Published,
    Reading,
    Refused,
    Rules,
    Source,
    TakenDown,
    TextLimit,
    Unknown,
)
from stoa.social.networks.titles import titled

_RULE = Source("stoa/social/networks/newsletter/setup.md", date(2026, 11, 30))
_BY_MAIL = "Answers go by mail to the newsletter's own address, and to nobody else."
_UNSEEN = "Whether a mail was opened is not asked: it would need a hidden picture in it, and mail programs fetch those by themselves."
_A_LETTER = "A mail has no likes."
SLOWEST, BETWEEN = 600.0, 15.0  # seconds between two looks at how far it is

MEND = "Copy it from the newsletter's page at the desk."
RULES = Rules(
    text=(TextLimit("codepoints", 20_000, _RULE),),
    pictures=PictureLimit(
        at_most=4,
        bytes_at_most=1_000_000,
        mimes=("image/jpeg", "image/png", "image/gif"),
        alt_at_most=2000,
        alt_count="codepoints",
        source=_RULE,
        width_at_most=1200,
        format="image/jpeg",
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_RULE),
    threads=False,
    lag=0.0,
    at_home=True,
)

LAYOUT = Layout(
    avatar="square", heading=("name", "time"), handle_prefix="", body=("text", "pictures"), card="none", actions=()
)

MEASURES = (
    Measure("sent", "Sent", offered=True),
    Measure("delivered", "Delivered", offered=True),
    Measure("bounced", "Bounced", offered=True),
    Measure("unsubscribed", "Unsubscribed", offered=True),
    Measure("likes", "Likes", offered=False, reason=_A_LETTER),
    Measure("replies", "Replies", offered=False, reason=_BY_MAIL),
    Measure("reach", "Reach", offered=False, reason=_UNSEEN),
    Measure("opens", "Opens", offered=False, reason=_UNSEEN),
)


class Newsletter:
    """Connects, publishes, settles, takes back what is not out, and measures."""

    key = "newsletter"
    name = "Newsletter"
    home = "/newsletters/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "its real home in this house, behind a real Postfix and Dovecot, the mails read back by IMAP"
    fields = (
        Field("server", "Address of the newsletters", hint="shown on the newsletter's page at the desk", kind="url"),
        Field("handle", "Short name", hint="of a newsletter that was made at the desk"),
        Field("key", "Key of the newsletters", hint="shown on the same page", kind="secret"),
    )
    lacks: Mapping[str, str] = {
        "replies": "A newsletter answers nobody: answers to it are mails to people.",
        "edits": "A mail that is out cannot be changed.",
        "listens": _BY_MAIL,
        "hides": "Nobody else's words stand in a newsletter.",
        "hands": "This newsletter is sent from here: nobody needs to carry anything.",
    }

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        server = at_home.origin_of(answers["server"], mend=MEND)
        body = {name: answers.get(name, "").strip() for name in ("handle", "key")}
        opened = at_home.begin(http, server, "newsletters", body)
        id, handle, name, address = (
            word(part(opened, "newsletter"), each) for each in ("id", "handle", "name", "address")
        )
        if not id:
            raise Unknown("The answer does not name the newsletter.")
        return Account(id, handle, name, address=address), granted(server, opened)

    def refresh(self, *, over: Line) -> Granted:
        return granted(over.credentials["server"], at_home.write(over, "POST", "token"))

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published | Pending:
        title, text = titled(outgoing.text)
        body = {
            "title": title, "text": text, "language": outgoing.language, "marker": outgoing.marker,
            "pictures": stored_pictures(outgoing, over),
        }  # fmt: skip
        return how_far(at_home.write(over, "POST", "issues", body, key=outgoing.key))

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Pending | Absent:
        """Out when each subscriber's mail was tried; what the mail server asked to bring again goes on after that."""
        found = rows(at_home.read(over, "issues", key=outgoing.key), "issues")
        return how_far(found[0]) if found else Absent()

    def delete(self, id: str, *, over: Line) -> TakenDown:
        """What has not gone out never will, and the page is emptied. Refused where mails are out: they cannot be called back."""
        try:
            out = number(at_home.write(over, "DELETE", f"issues/{at_home.named(id)}"), "out")
        except Gone:
            out = 0
        if out is None:
            raise Unknown("The answer does not say whether mails of it had gone out.")
        if out:
            raise Refused(
                f"It has gone to {out} {'reader' if out == 1 else 'readers'}, and mails cannot be called back. What had not gone"
                " out is stopped, and its page here is emptied.",
                mend="Write to them again, if something in it must be put right.",
            )
        return TakenDown(id, "No mail of it had gone out, and none will. Its page is emptied.")

    def stands(self, id: str, *, over: Line) -> bool:
        try:
            at_home.read(over, f"issues/{at_home.named(id)}")
        except Gone:
            return False
        return True

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        told: dict[str, Any] = {}
        for begin in range(0, len(ids), 50):
            answer = at_home.read(over, "numbers", ids=",".join(ids[begin : begin + 50]))
            told |= {word(each, "id"): each for each in rows(answer, "numbers")}
        readings = tuple(
            Reading(id, each.key, counted(told[id], each.key) if each.offered else NOT_OFFERED)
            for id in ids
            if id in told
            for each in MEASURES
        )
        return Measured(readings, tuple(id for id in ids if id not in told))


def stored_pictures(outgoing: Outgoing, over: Line) -> list[dict[str, str]]:
    """Stored first, and sent by nothing before their issue is. Whatever goes wrong in here, nothing was published."""
    try:
        return [stored(each, over) for each in outgoing.pictures]
    except Unknown as trouble:
        raise NotSent(f"It was not published, because storing a picture failed: {trouble.reason}") from trouble


def stored(picture: Picture, over: Line) -> dict[str, str]:
    if not (id := word(at_home.store(over, picture.content, picture.mime), "id")):
        raise Unknown("The answer does not name the picture.")
    return {"id": id, "alt": picture.alt}


def granted(server: str, opened: object) -> Granted:
    if not (token := word(opened, "token")):
        raise Unknown("The answer does not open the newsletter.")
    return Granted({"server": server, "token": token})


def how_far(issue: Mapping[str, Any]) -> Published | Pending:
    id, said, at = word(issue, "id"), word(issue, "at"), instant(issue.get("at"))
    waiting, every = number(issue, "waiting"), number(issue, "every")
    if not id or at == EPOCH or waiting is None or every is None:
        raise Unknown("The answer does not name the issue.")
    if waiting:
        after = min(max(BETWEEN, waiting / 2), SLOWEST)
        return Pending(f"{max(every - waiting, 0)} of {every} mails were tried", after=after)
    return Published(id=id, version=said, address=word(issue, "address"), at=at)


CONNECTOR = Newsletter()
