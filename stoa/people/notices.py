"""The socket `people.notices`: kinds of notices, each with its sentence and what the reader can do about it.

    notices.register(NoticeKind("talk.reply", label=lambda: _("Replies to you"), sentence=reply_sentence, mail="at_once"))

Then `tell(people, kind, thing, by=actor)` from a subscriber: unread notices of one kind about one thing are merged.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stoa.base.things import Card


@dataclass(frozen=True)
class NoticeKind:
    """`label` names the kind on the preferences page; `sentence(count, name, card)` is the line shown (`name` may be empty);
    `what_to_do` the one next step; `mail` the default: "never" or "at_once". A kind that is `always_told` cannot be switched off."""

    key: str
    label: Callable[[], str]
    sentence: Callable[[int, str, Card], str]
    what_to_do: Callable[[], str]
    mail: str = "never"
    always_told: bool = False


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    _kinds[kind.key] = kind


def all_kinds() -> dict[str, NoticeKind]:
    return dict(sorted(_kinds.items()))


def kind_of(key: str) -> NoticeKind | None:
    return _kinds.get(key)
