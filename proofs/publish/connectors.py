"""How the hostile networks are spoken to. They are known to the processes of this proof alone."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stoa.base import clock
from stoa.social.networks import registry
from stoa.social.networks.plaza.connector import LAYOUT
from stoa.social.networks.protocol import (
    Absent,
    Account,
    Expired,
    Field,
    Granted,
    Http,
    Line,
    LinkRule,
    Outgoing,
    Published,
    Reconnect,
    Refused,
    Response,
    Rules,
    Source,
    TextLimit,
    TryLater,
    Unknown,
)
from stoa.social.networks.waits import retry_after

SOURCE = Source("proofs/publish/network.py", date(2026, 11, 30))
KINDS = ("keyed", "read", "blind")
SECONDS = 20.0


class Blind:
    """Takes posts and says no more about them. `lag`: seconds that reading may be behind."""

    layout = LAYOUT
    measures: tuple[Any, ...] = ()
    fields: tuple[Field, ...] = ()
    lacks: Mapping[str, str] = {}
    folder = Path(__file__).parent
    home = "https://network.example/"

    def __init__(self, key: str, lag: float, fresh: float) -> None:
        self.key = self.name = key
        self.fresh = timedelta(seconds=fresh) if fresh else None
        link = LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=SOURCE)
        self.rules = Rules((TextLimit("graphemes", 500, SOURCE),), None, link, threads=False, lag=lag,
                           keyed=key.startswith("keyed"))  # fmt: skip

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        raise Refused("The proof makes its accounts itself.", mend="")

    def refresh(self, *, over: Line) -> Granted:
        body = {"refresh": over.credentials["refresh"]}
        answer = over.http.request("POST", place(over, "token"), json=body, timeout=SECONDS)
        if answer.status == 400:
            raise Reconnect("The network no longer accepts this account.")
        told = read(answer)
        until = clock.now() + self.fresh if self.fresh else None
        return Granted({**over.credentials, "token": told["token"], "refresh": told["refresh"]}, until)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        body = {"key": outgoing.key, "marker": outgoing.marker, "text": outgoing.text}
        made = read(over.http.request("POST", place(over, "posts"), headers=opens(over), json=body, timeout=SECONDS))
        if not isinstance(made, dict) or not made.get("id"):
            raise Unknown("The network's answer does not name the post.")
        return published(made, outgoing)


class Readable(Blind):
    """Can be asked what became of a post: by its key where the network knows keys, else by its marker."""

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        asked = f"?key={outgoing.key}&marker={outgoing.marker}"
        try:
            told = read(over.http.request("GET", place(over, "posts") + asked, headers=opens(over), timeout=SECONDS))
        except Unknown as trouble:
            raise TryLater(trouble.reason, after=60.0) from trouble
        return published(told["posts"][0], outgoing) if told["posts"] else Absent()


def plug(lag: float, fresh: float) -> None:
    """Registers them in this process, beside ours. `fresh`: seconds that a token lasts (0: for ever)."""
    ours = {f"{kind}-{number}": number for kind in KINDS for number in range(10)}
    made: dict[str, Any] = {key: (Blind if key.startswith("blind") else Readable)(key, lag, fresh) for key in ours}
    known = {**registry.connectors(), **made}
    registry.connectors = lambda: known  # type: ignore[assignment]


def place(over: Line, what: str) -> str:
    return f"{over.credentials['server']}/{what}"


def opens(over: Line) -> dict[str, str]:
    return {"authorization": f"Bearer {over.credentials['token']}"}


def published(made: Mapping[str, str], outgoing: Outgoing) -> Published:
    return Published(id=made["id"], version=made["id"], address=made["address"], at=outgoing.at)


def read(answer: Response) -> Any:
    """The JSON of a success, or the trouble that the status stands for."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    said = body.get("error") if isinstance(body, dict) else None
    if 200 <= answer.status < 300 and body is not None and not said:
        return body
    if answer.status == 429:
        raise TryLater("The network asks us to slow down.", after=retry_after(answer.headers, 60.0))
    if answer.status == 401 and said:
        raise Expired("This token is over.")
    if 400 <= answer.status < 500 and said:
        raise Refused(str(body.get("message") or said), mend="Change the post.")
    raise Unknown(f"The network answered {answer.status}.")
