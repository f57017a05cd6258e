"""The access rules: what every route is, and from that what each kind of person may expect of it. Reviewed by people.

This file is written from the product's words (visibilities, roles), never from the policy code, which it judges. A new route
needs one line in ROUTES: its name, what it is, its methods, and of which of the world's objects its arguments are.
"""

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
    """What is expected. AWAY: no entry: 403, a way to sign in or to the door, or not found. MISSING: not found, with the same bytes
    as what does not exist."""

    OK = "ok"
    AWAY = "away"
    MISSING = "missing"


class Kind(Enum):
    """What a route is."""

    OPEN = "open to everybody"
    MEMBERS = "members' pages"
    VOICE = "members who are not suspended"
    STRANGERS = "for who is not signed in"
    DESK = "a page of the desk"
    CARD = "that a space exists"
    CONTENT = "content of a space"
    SPACE = "an act in a space"
    OWN = "what belongs to one member"
    TOKEN = "for programs that hold a token; no sign-in opens it"


@dataclass(frozen=True)
class Rule:
    """One route. `of`: argument → object of the world ("spaces.space", or "spaces.space:slug" for another field than the id).

    `reads` are methods that show, `acts` those that change. `roles`: in a space, which insiders may (else all); at the desk,
    which staff. `staff`: site roles that may act in open spaces too. `query` stands behind the
    address; `form` is sent with what acts, a `PICTURE` as a file.
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

    @property
    def methods(self) -> list[str]:
        return [*self.reads.split(), *self.acts.split()]

    @property
    def varies(self) -> bool:
        """Whether the answer depends on a space's visibility."""
        return self.kind in (Kind.CARD, Kind.CONTENT, Kind.SPACE)


def knows_of(person: str, visibility: str) -> bool:
    """Whether this kind of person may know that a space of this visibility exists."""
    if visibility == PUBLIC or person in INSIDERS:
        return True
    return visibility in (MEMBERS, PRIVATE) and person not in NO_MEMBERS


def reads(person: str, visibility: str) -> bool:
    """Whether this kind of person reads what stands in a space of this visibility."""
    if visibility == PUBLIC or person in INSIDERS:
        return True
    return visibility == MEMBERS and person not in NO_MEMBERS


def expected(rule: Rule, method: str, person: str, visibility: str = PUBLIC) -> Outcome:
    """The outcome of one cell."""
    if rule.kind in (Kind.OPEN, Kind.STRANGERS):
        return Outcome.OK
    if rule.kind is Kind.TOKEN:
        return Outcome.AWAY
    if rule.kind in (Kind.MEMBERS, Kind.OWN):
        return Outcome.AWAY if person in NO_MEMBERS else Outcome.OK
    if rule.kind is Kind.VOICE:
        return Outcome.AWAY if person in WITHOUT_A_VOICE else Outcome.OK
    if rule.kind is Kind.DESK:
        return Outcome.OK if person in rule.roles else Outcome.AWAY
    return _in_space(rule, method, person, visibility)


def _in_space(rule: Rule, method: str, person: str, visibility: str) -> Outcome:
    if rule.kind is Kind.CARD:
        return Outcome.OK if knows_of(person, visibility) else Outcome.MISSING
    if not reads(person, visibility):
        return Outcome.AWAY if rule.kind is Kind.SPACE and knows_of(person, visibility) else Outcome.MISSING
    if rule.kind is Kind.CONTENT and method in rule.reads.split():
        return Outcome.OK
    return Outcome.OK if may_act(rule, person, visibility) else Outcome.AWAY


def may_act(rule: Rule, person: str, visibility: str) -> bool:
    """Whether an act is open to this kind of person who reads the space."""
    if person in WITHOUT_A_VOICE:
        return False
    if rule.roles:
        return person in rule.roles or (person in rule.staff and visibility in (PUBLIC, MEMBERS))
    return person in INSIDERS or visibility in (PUBLIC, MEMBERS)


HANDLE, POST = {"handle": "plaza.account:handle"}, {"post_id": "plaza.post"}
WORDS = {"text": "A few words."}
ROUTES: tuple[Rule, ...] = (
    Rule("base:manifest", Kind.OPEN),
    Rule("base:files", Kind.VOICE, reads="", acts="POST", form={"file": PICTURE}),
    Rule("base:file", Kind.CARD, of={"file_id": "base.file"}),
    Rule("plaza:timeline", Kind.OPEN),
    Rule("plaza:connecting", Kind.OPEN),
    Rule("plaza:account", Kind.OPEN, of=HANDLE),
    Rule("plaza:avatar", Kind.OPEN, of=HANDLE),
    Rule("plaza:picture", Kind.OPEN, of={"picture_id": "plaza.picture"}),
    Rule("plaza:post", Kind.OPEN, of=POST),
    Rule("plaza:posts", Kind.DESK, reads="", acts="POST", roles=STAFF, form=WORDS),
    Rule("plaza:answers", Kind.DESK, reads="", acts="POST", roles=STAFF, of=POST, form=WORDS),
    Rule("plaza:likes", Kind.DESK, reads="", acts="POST", roles=STAFF, of=POST),
    Rule("plaza:reposts", Kind.DESK, reads="", acts="POST", roles=STAFF, of=POST),
    Rule("plaza:sightings", Kind.OPEN, reads="", acts="POST"),
    Rule("plaza:api_accounts", Kind.OPEN, reads="", acts="POST"),
    Rule("plaza:api_token", Kind.TOKEN, reads="", acts="POST"),
    Rule("plaza:api_media", Kind.TOKEN, reads="", acts="POST"),
    Rule("plaza:api_posts", Kind.TOKEN, acts="POST"),
    Rule("plaza:api_post", Kind.TOKEN, acts="DELETE", of={"post_id": "plaza.post:shown_id"}),
    Rule("plaza:api_notifications", Kind.TOKEN),
    Rule("plaza:api_readings", Kind.TOKEN),
)
