"""What the Guild is made of: frozen values, references by key, times as offsets from now (negative is the past)."""

from dataclasses import dataclass
from datetime import date, time, timedelta


@dataclass(frozen=True, slots=True)
class Member:
    key: str
    name: str
    email: str
    bio: str
    helps: tuple[str, ...]
    wants: tuple[str, ...]
    hopes: str
    quarter: str
    joined_day: int
    """Days from today, never positive."""
    zone: str
    language: str
    activity: str
    """``core``, ``regular``, ``now and then`` or ``quiet``."""
    roles: tuple[str, ...] = ()
    followed: bool = False
    """Whether the story of the demo follows this member by name."""

    @property
    def interests(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.helps, *self.wants)))


@dataclass(frozen=True, slots=True)
class Space:
    key: str
    name: str
    visibility: str
    """``public``, ``members``, ``private`` or ``secret``."""
    joining: str
    """``open``, ``ask`` or ``invited``."""
    stewards: tuple[str, ...]
    interests: tuple[str, ...]
    description: str
    standard: str
    norm: str
    example: str


@dataclass(frozen=True, slots=True)
class Reply:
    key: str
    author: str
    body: str
    offset: timedelta


@dataclass(frozen=True, slots=True)
class Thread:
    key: str
    space: str
    kind: str
    """``discussion`` or ``question``."""
    author: str
    title: str
    body: str
    offset: timedelta
    replies: tuple[Reply, ...]
    answered_by: str = ""
    """Key of the reply that the asker took as the answer, or empty."""


@dataclass(frozen=True, slots=True)
class Clause:
    number: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Guidelines:
    version: int
    day: int
    """The day from which this version holds, in days from today."""
    changed: str
    chapters: tuple[tuple[str, tuple[Clause, ...]], ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for _, clauses in self.chapters for clause in clauses)


@dataclass(frozen=True, slots=True)
class Norm:
    key: str
    title: str
    example: str


@dataclass(frozen=True, slots=True)
class DoorQuestion:
    key: str
    text: str
    hint: str
    many: bool
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Appeal:
    by: str
    text: str
    after: timedelta
    decided_by: str
    outcome: str
    """``upheld`` (the decision is changed) or ``rejected``."""
    reasons: str
    decided_after: timedelta


@dataclass(frozen=True, slots=True)
class Case:
    key: str
    offset: timedelta
    """When the first report came."""
    space: str
    author: str
    reporter: str
    subject: str
    """The words that were reported: write them as a reply."""
    clause: str
    report: str
    decided_by: str
    """Empty while the case is open."""
    outcome: str
    """``keep``, ``hide``, ``remove``, ``warn``, ``suspend``, ``quiet`` (does not write in the space for a while) or empty while open."""
    reasons: str
    decided_after: timedelta
    days: int = 0
    """Days of a suspension, or of not writing in the space."""
    appeal: Appeal | None = None


@dataclass(frozen=True, slots=True)
class Event:
    key: str
    title: str
    day: date
    starts: time
    """Wall time in the Guild's zone."""
    minutes: int
    place: str
    online: bool
    seats: int
    host: str
    description: str
    going: tuple[str, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    key: str
    handle: str
    name: str
    about: str
    followers: int
    followers_a_year_ago: int
    offers_reach: bool


@dataclass(frozen=True, slots=True)
class Reading:
    after: timedelta
    """Time since the post went out."""
    likes: int
    reposts: int
    replies: int
    views: int | None
    """None: this channel does not offer it."""


@dataclass(frozen=True, slots=True)
class Post:
    key: str
    title: str
    """For our own lists, never sent."""
    author: str
    day: int
    at: time
    """Wall time in the Guild's zone."""
    variants: tuple[tuple[str, str], ...]
    """(channel key, text of at most 300 graphemes), one for each channel that it went to."""
    readings: tuple[tuple[str, tuple[Reading, ...]], ...]
    campaign: str = ""
    thread: str = ""
    """Key of the thread whose words it uses under a usage right, or empty."""
    right: str = ""
    alt: str = ""
    picture: str = ""
    """Name of a drawing of ``pictures``, or empty."""


@dataclass(frozen=True, slots=True)
class Turn:
    ours: bool
    text: str
    after: timedelta
    """Time since the first turn."""


@dataclass(frozen=True, slots=True)
class Conversation:
    key: str
    channel: str
    handle: str
    name: str
    kind: str
    """``question``, ``praise``, ``complaint`` or ``remark``."""
    post: str
    """Key of the post that it answers, or empty when it is a plain mention."""
    offset: timedelta
    turns: tuple[Turn, ...]
    answered_by: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class LinkPlacement:
    key: str
    channel: str
    post: str
    """Key of the post that carries the link; empty: a poster, a bio or a letter."""
    label: str
    visits: tuple[tuple[int, int], ...]
    """(day from today, visits that day)."""
    joined: tuple[str, ...]
    """Keys of the members who joined through it."""


@dataclass(frozen=True, slots=True)
class Campaign:
    key: str
    name: str
    goal: str
    words: str
    first_day: int
    last_day: int
    landing: str
    placements: tuple[LinkPlacement, ...]

    @property
    def joins(self) -> int:
        return sum(len(placement.joined) for placement in self.placements)


@dataclass(frozen=True, slots=True)
class UsageRight:
    key: str
    thread: str
    author: str
    asked_day: int
    answered_day: int | None
    state: str
    """``asked``, ``granted``, ``narrowed``, ``declined``, ``withdrawn`` or ``expired``."""
    scope: str
    channels: tuple[str, ...]
    credit: str
    until_day: int | None
    words: str
    """The author's words that may be used."""
    note: str
    posts: tuple[str, ...] = ()
    """Keys of the posts that used it."""


@dataclass(frozen=True, slots=True)
class Goal:
    sentence: str
    target: int
    weeks: tuple[tuple[int, int], ...]
    """(days from today of the week's last day, things mended), oldest first; the last is this week."""

    @property
    def reached(self) -> int:
        return sum(count for _, count in self.weeks)
