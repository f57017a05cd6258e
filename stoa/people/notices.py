"""The socket `people.notices`: kinds of notices, each with its sentence and what the reader can do about it.

    notices.register(NoticeKind("talk.reply", label=lambda: _("Replies to you"), sentence=reply_sentence, mail="at_once"))

Then `tell(people, kind, thing, by=actor)` from a subscriber: unread notices of one kind about one thing are merged.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stoa.base import mail
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.people.models import Notice, NoticeWish


def everybody(actor: Actor) -> bool:
    return True


def who_holds(*rights: str) -> Callable[[Actor], bool]:
    """For the `gets` of a kind: those who hold one of these rights anywhere, in the site, a space or a channel. Asks no query."""

    def holds(actor: Actor) -> bool:
        return actor.is_member and any(actor.may(right, *actor.rights) for right in rights)

    return holds


@dataclass(frozen=True)
class NoticeKind:
    """`label` names the kind on the preferences page; `sentence(count, name, card)` is the line shown (`name` may be empty);
    `what_to_do` the one next step; `mail` and `push` the defaults: "never" or "at_once". A kind that is `always_told` cannot be switched
    off; mail and push of one that `waits` wait for the end of quiet hours. `gets`: who can be told of it at all; others are not asked
    how, and no letter reaches them. `group`: with which others it stands on that page, one of `people.wish_groups`;
    empty: with what is work, or with what comes to everybody."""

    key: str
    label: Callable[[], str]
    sentence: Callable[[int, str, Card], str]
    what_to_do: Callable[[], str]
    mail: str = "never"
    always_told: bool = False
    waits: bool = True
    push: str = "never"
    gets: Callable[[Actor], bool] = everybody
    group: str = ""

    def default(self, way: str) -> str:
        """How somebody is told of it who said nothing."""
        return {"page": "at_once", "mail": self.mail, "push": self.push}[way]

    @property
    def stands_with(self) -> str:
        return self.group or ("care" if self.is_work else "place")

    @property
    def is_work(self) -> bool:
        """Whether it comes to some for the sake of what they do here."""
        return self.gets is not everybody


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    _kinds[kind.key] = kind
    mail.may_send(kind.key)(is_wished)
    if not kind.always_told:
        mail.may_send(kind.key)(is_news)


def is_wished(reader: Actor, letter: Letter) -> bool:
    """Not when mail of the kind was stopped after the letter was written, nor to whom it is not for any more."""
    kind, stopped = kind_of(letter.kind), NoticeWish.objects.filter(person_id=reader.person_id or 0, level="never")
    if kind is None or not kind.gets(reader):
        return False
    return not stopped.filter(kind=kind.key, way__in=("mail",) if kind.always_told else ("mail", "page")).exists()


def is_news(reader: Actor, letter: Letter) -> bool:
    """Not when its reader has read the notice since the letter was written, and nothing new came after."""
    thing = {"thing_key": letter.thing_key, "thing_id": letter.thing_id}
    told = Notice.objects.visible_to(reader).filter(kind=letter.kind, **thing)
    return told.unread().exists() or not told.filter(read_at__gte=letter.at).exists()


def all_kinds() -> dict[str, NoticeKind]:
    return dict(sorted(_kinds.items()))


def kind_of(key: str) -> NoticeKind | None:
    return _kinds.get(key)
