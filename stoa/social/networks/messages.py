"""What is exchanged with a network: what goes out, who speaks, what comes back. All frozen, all plain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO, Literal


class NotOffered(StrEnum):
    """This network does not tell. Never shown, added or stored as 0."""

    NOT_OFFERED = "not offered"


NOT_OFFERED = NotOffered.NOT_OFFERED


@dataclass(frozen=True)
class Picture:
    """`address`: where a network may fetch the same bytes for a while, without signing in; empty where nobody can reach us."""

    content: bytes = field(repr=False)
    mime: str
    alt: str
    width: int
    height: int
    address: str = ""


@dataclass(frozen=True)
class Video:
    """A moving picture. It may be large: `open` gives its `size` bytes as a stream, whoever opens it closes it. `seconds`: its length.
    `address` as a picture's."""

    open: Callable[[], BinaryIO] = field(repr=False, compare=False)
    size: int
    mime: str
    alt: str
    width: int
    height: int
    seconds: float
    address: str = ""


@dataclass(frozen=True)
class Card:
    """How a link is shown below the text, on networks that let the sender say it."""

    title: str
    description: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Outgoing:
    """One part of a post, frozen. `key` and `made_at` are the same in every attempt; `at` is this attempt's instant. `since`: when it was
    first tried, where that is known."""

    text: str
    key: str
    made_at: datetime
    at: datetime
    marker: str = ""
    language: str = ""
    link: str = ""
    card: Card | None = None
    pictures: tuple[Picture, ...] = ()
    answers: str = ""
    prepared: str = ""
    video: Video | None = None
    since: datetime | None = None

    @property
    def begun(self) -> datetime:
        """Before this it cannot be there: where one looks for it by its words, what is older is another post with the same."""
        return self.since or self.made_at


@dataclass(frozen=True)
class Prepared:
    """What publishing needs beforehand is there, and nobody sees it yet. `handle` comes back as `Outgoing.prepared`."""

    handle: str


@dataclass(frozen=True)
class Published:
    """The network's evidence: its id, its version of the content, the public address and the instant. Where it made several messages
    of one post, the id names the first, then the others after "+"; who answers names the first alone."""

    id: str
    version: str
    address: str
    at: datetime


@dataclass(frozen=True)
class Pending:
    """Accepted, still being worked on. `settle` asks again after so many seconds."""

    handle: str
    after: float


@dataclass(frozen=True)
class Absent:
    """Looked for and not found. It counts as *not done* once the rules' `lag` has passed since the attempt."""


@dataclass(frozen=True)
class TakenDown:
    """The network confirmed that the post is not there. `answer` is shown to whoever asked for it."""

    id: str
    answer: str


@dataclass(frozen=True)
class Account:
    """An identity on a network: ours (a channel) or somebody else's. `id` never changes, `handle` may."""

    id: str
    handle: str
    name: str = ""
    avatar: str = ""
    address: str = ""


@dataclass(frozen=True)
class Seen:
    """What a public address names: a post's id, and whose it is where the address tells (else an empty handle)."""

    id: str
    handle: str = ""


@dataclass(frozen=True)
class Granted:
    """What opens the account. The caller encrypts it; `fresh_until` tells when to refresh ahead of time, `ends_at` when it is over for
    good and a person must sign in again (None: it renews by itself, or the network does not say)."""

    credentials: Mapping[str, str] = field(repr=False)
    fresh_until: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Scope:
    """One permission that is asked for when signing in at the network, and what we do with it."""

    name: str
    why: str


@dataclass(frozen=True)
class Leaving:
    """Where the person signs in. `kept` is what `arrive` needs again (the caller seals it, for minutes); `issuer`: who must answer
    (RFC 9207), where the network says so. `app`: what our application is to this server, where it registered itself: the caller
    keeps it sealed, and gives it back among the answers next time."""

    address: str
    kept: Mapping[str, str] = field(repr=False)
    issuer: str = ""
    app: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Told:
    """Limits that the network itself names for this account, now. None: it does not say. `address` is where it was read. `mimes`: of
    pictures and of videos."""

    address: str
    text: int | None = None
    link: int | None = None
    pictures: int | None = None
    picture_bytes: int | None = None
    mimes: tuple[str, ...] = ()
    alt: int | None = None
    posts: tuple[int, int] | None = None  # at most so many in so many seconds
    used: int | None = None  # of `posts`, by its own count: what is left holds sending back, as a header would
    video_bytes: int | None = None


@dataclass(frozen=True)
class Standing:
    """One post as it stands on the network. `is_answer`: it answers somebody else."""

    id: str
    text: str
    at: datetime
    address: str
    replies: int | NotOffered = NOT_OFFERED
    is_answer: bool = False


@dataclass(frozen=True)
class Presence:
    """An account as a stranger sees it. None: the network does not tell. `followers`: how many; `posts`: the newest first."""

    account: Account
    bio: str | None = None
    links: tuple[str, ...] = ()
    has_picture: bool | None = None
    pinned: str | None = None
    followers: int | NotOffered = NOT_OFFERED
    posts: tuple[Standing, ...] = ()


@dataclass(frozen=True)
class Field:
    """One question of the connect form. `once`: it is about our application there, asked of the organisation once and kept. `alone`: what
    is answered may open one channel only; credentials keep it by the same name. `choices`: (value, words), where there are only so
    many answers."""

    name: str
    label: str
    hint: str = ""
    kind: Literal["text", "secret", "url"] = "text"
    default: str = ""
    once: bool = False
    alone: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Heard:
    """Somebody spoke to us, or of us. `about` is the id of our own post that they answered or quoted."""

    kind: Literal["mention", "reply", "quote"]
    id: str
    version: str
    author: Account
    text: str
    at: datetime
    address: str
    in_reply_to: str = ""
    root: str = ""
    about: str = ""
    language: str = ""


@dataclass(frozen=True)
class Hearing:
    """One page of what was heard. Pass `cursor` to the next call; `more` asks to call at once.

    Pages overlap on purpose: the caller keeps each `Heard.id` once.
    """

    items: tuple[Heard, ...]
    cursor: str
    more: bool = False


@dataclass(frozen=True)
class Reading:
    """What the network said of one measure of one post at the time of the call."""

    id: str
    measure: str
    value: int | NotOffered


@dataclass(frozen=True)
class Measured:
    """Readings of the posts that were found, and the ids that were not (deleted, or not indexed yet)."""

    readings: tuple[Reading, ...]
    missing: tuple[str, ...] = ()
