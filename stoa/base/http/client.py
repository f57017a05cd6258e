"""The client: one request, one connection, one answer of limited size."""

import json as jsons
import re
import ssl
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpcore2
import httpx2
from django.conf import settings

from stoa.base.http.addresses import checked, peer_of, port_of
from stoa.base.http.connecting import Guard, Watch
from stoa.base.http.errors import Forbidden, NoAnswer, NotSent, Outside, TooLarge

LARGEST = 5_000_000  # bytes of an answer, unpacked
SECONDS = 20.0  # for the whole request, from resolving the name to the last byte
REDIRECTS = {301, 302, 303, 307, 308}
NO_TEXT = re.compile(
    "[\x00\ud800-\udfff]"
)  # what no database keeps and nothing encodes: NUL and halves of surrogate pairs
SECRET_HEADERS = {"authorization", "cookie", "dpop", "proxy-authorization"}


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are looked up without regard to case; `url` is where it came from after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    def json(self) -> Any:
        """The body as JSON, its strings without what is no text. Raises ValueError when it is none, or nested too deep to read."""
        try:
            return clean(jsons.loads(self.body))
        except RecursionError:
            raise ValueError("nested too deep") from None


class Body(Protocol):
    """What is sent in blocks and never whole in memory. `len` is its bytes; each walk over it begins anew."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[bytes]: ...


class GuardedClient:
    """Speaks to the outside (see the package). `largest` is in bytes, `seconds` for a whole request; `whole=False`: the first `largest`
    bytes are enough, and the rest is left. Safe to share between threads."""

    def __init__(
        self, *, trusted: bool = False, largest: int = LARGEST, seconds: float = SECONDS, whole: bool = True
    ) -> None:
        self.trusted = trusted
        self.largest = largest
        self.seconds = seconds
        self.whole = whole

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes | Body | None = None,
        json: Any = None, timeout: float | None = None, follow: int = 0,
    ) -> Answer:  # fmt: skip
        """Sends once and gives the answer, whatever its status. Follows up to `follow` redirects of GET and HEAD.

        Raises `NotSent` when nothing left the house, `NoAnswer` when that cannot be proven.
        """
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if json is not None:
            content, sent["content-type"] = jsons.dumps(json).encode(), sent.get("content-type", "application/json")
        watch = Watch(timeout or self.seconds)
        peers = trusted_peers() if self.trusted else frozenset()
        target = checked(url, peers)
        for left in range(follow, -1, -1):
            answer = self._once(method, target, sent, content, watch, peers)
            place = answer.headers.get("location")
            if not (left and place and answer.status in REDIRECTS and method in ("GET", "HEAD")):
                return answer
            after = checked(_joined(target, place), peers)
            if (after.scheme, peer_of(after)) != (target.scheme, peer_of(target)):
                sent = {name: value for name, value in sent.items() if name not in SECRET_HEADERS}
            target, watch.has_written = after, False
        return answer

    def _once(
        self, method: str, url: httpx2.URL, headers: Mapping[str, str], content: bytes | Body | None, watch: Watch,
        peers: Collection[str],
    ) -> Answer:  # fmt: skip
        lines = {"host": url.netloc.decode("ascii"), "accept-encoding": "gzip", "user-agent": user_agent(), **headers}
        if content is not None or method in ("POST", "PUT", "PATCH"):
            lines["content-length"] = str(0 if content is None else len(content))
        try:
            whole = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=port_of(url), target=url.raw_path)
            raw = [(name.encode("ascii"), value.encode("utf-8")) for name, value in lines.items()]
            with (
                httpcore2.ConnectionPool(ssl_context=_tls(), network_backend=Guard(watch, peers)) as pool,
                pool.stream(method, whole, headers=raw, content=walked(content)) as stream,
            ):
                found = httpx2.Headers(stream.headers)
                return Answer(stream.status, found, self._body(stream, found), str(url))
        except Outside:
            raise
        except Exception as trouble:  # whatever broke: all that matters is whether a byte had left
            said = f"{type(trouble).__name__}: {trouble}"
            raise (NoAnswer(said) if watch.has_written else NotSent(said)) from trouble

    def _body(self, stream: httpcore2.Response, headers: Mapping[str, str]) -> bytes:
        """The whole body, unpacked, no larger than allowed, however small it was packed."""
        packing = headers.get("content-encoding", "identity").lower()
        if packing not in ("identity", "gzip", ""):
            raise NoAnswer(f"the answer is packed as {packing}")
        unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
        body = bytearray()
        for piece in stream.iter_stream():
            body += unpack.decompress(piece, self.largest + 1 - len(body)) if unpack else piece
            if len(body) > self.largest:
                if self.whole:
                    raise TooLarge(stream.status)
                return bytes(body[: self.largest])
        return bytes(body)


def walked(content: bytes | Body | None) -> bytes | Iterator[bytes] | None:
    return content if content is None or isinstance(content, bytes) else iter(content)


def clean(value: Any) -> Any:
    """The same without NULs and halves of surrogate pairs, in names and values, however deep."""
    if isinstance(value, str):
        return NO_TEXT.sub("", value)
    if isinstance(value, list):
        return [clean(each) for each in value]
    if isinstance(value, dict):
        return {clean(name): clean(each) for name, each in value.items()}
    return value


def trusted_peers() -> frozenset[str]:
    """Our own origin and the exact pairs of STOA_TRUSTED_PEERS."""
    own = urlsplit(settings.STOA_URL)
    port = own.port or (443 if own.scheme == "https" else 80)
    return frozenset({f"{own.hostname}:{port}", *(peer.strip().lower() for peer in settings.STOA_TRUSTED_PEERS)})


def user_agent() -> str:
    return f"Stoa (+{settings.STOA_URL})"


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _joined(base: httpx2.URL, place: str) -> str:
    try:
        return str(base.join(place))
    except (httpx2.InvalidURL, ValueError):
        raise Forbidden("not an address to call") from None
