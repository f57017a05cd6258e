"""What a route can be, who can ask, and what can be expected: the words of the access rules."""

from dataclasses import dataclass, field
from enum import Enum

PUBLIC, MEMBERS, PRIVATE, SECRET = VISIBILITIES = ("public", "members", "private", "secret")
INSIDERS = ("space member", "space moderator", "steward")
STAFF = ("owner", "community manager", "moderator", "social media manager", "lead")
OUTSIDERS = ("anonymous", "pending", "member", "suspended", "ex-member", *STAFF)
PEOPLE = (*OUTSIDERS, *INSIDERS)
PICTURE = "a small picture"
NO_MEMBERS = ("anonymous", "pending")
WITHOUT_A_VOICE = (*NO_MEMBERS, "suspended")


class Outcome(Enum):
    """What is expected. AWAY: not let in: 401, 403, 409, a way to sign in or to the door, or not found.
    MISSING: not found, with the same bytes
    as what does not exist."""

    OK = "ok"
    AWAY = "away"
    MISSING = "missing"


class Kind(Enum):
    """What a route is."""

    OPEN = "open to everybody"
    ACCOUNT = "for who is signed in, also at the door"
    MEMBERS = "members' pages"
    VOICE = "members who are not suspended"
    STRANGERS = "for who is not signed in; others are led on, those at the door to it"
    DESK = "a page of the desk"
    CARD = "that a space exists; acts are for those with a voice, where `where` says"
    CONTENT = "content of a space"
    SPACE = "an act in a space"
    OWN = "what belongs to one member"
    TOKEN = "for programs that hold a token; no sign-in opens it"


@dataclass(frozen=True)
class Rule:
    """One route. `of`: argument → object of the world ("spaces.space"; "spaces.space:slug" for another field than the id;
    "=word" as it is).

    `reads` are methods that show, `acts` those that change. `roles`: in a space, which insiders may (else all); at the desk,
    which staff. `staff`: site roles that may act in open spaces too. `query` stands behind the
    address; `form` is sent with what acts, a `PICTURE` as a file. `voice`: who may not write is not shown it
    either.
    """

    route: str
    kind: Kind
    reads: str = "GET"
    acts: str = ""
    of: dict[str, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    query: str = ""
    form: dict[str, str] = field(default_factory=dict)
    where: tuple[str, ...] = VISIBILITIES
    voice: bool = False

    @property
    def methods(self) -> list[str]:
        return [*self.reads.split(), *self.acts.split()]

    @property
    def varies(self) -> bool:
        """Whether the answer depends on a space's visibility."""
        return self.kind in (Kind.CARD, Kind.CONTENT, Kind.SPACE)
