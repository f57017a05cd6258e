"""The kinds of notices that this room gives."""

from django.utils.translation import gettext as _

from stoa.base.things import Card
from stoa.people import notices
from stoa.people.notices import NoticeKind, who_holds


def asked(count: int, name: str, card: Card) -> str:
    return _("%(name)s asks to share your words: %(title)s") % {"name": name or _("The team"), "title": card.title}


def answered(count: int, name: str, card: Card) -> str:
    return _("%(name)s answered your request: %(title)s") % {"name": name or _("The author"), "title": card.title}


def out(count: int, name: str, card: Card) -> str:
    return _("Your words are out: %(title)s") % {"title": card.title}


def down(count: int, name: str, card: Card) -> str:
    return _("A network answered about your words: %(title)s") % {"title": card.title}


def ended(count: int, name: str, card: Card) -> str:
    return _("A usage right has ended: %(title)s") % {"title": card.title}


def register_notices() -> None:
    """Called once by the room's plugs."""
    decide = lambda: _("Read what is asked, then say yes, yes with changes, or no.")  # noqa: E731
    see = lambda: _("See where they stand; you can take them back at any time.")  # noqa: E731
    look = lambda: _("See what each network answered.")  # noqa: E731
    read = lambda: _("See what they agreed to.")  # noqa: E731
    notices.register(
        NoticeKind(
            "bridge.asked",
            lambda: _("Requests to share your words"),
            asked,
            decide,
            mail="at_once",
            push="at_once",
            group="words",
        )
    )
    asks = who_holds("bridge.ask_use")
    notices.register(
        NoticeKind("bridge.answered", lambda: _("Answers to your requests"), answered, read, gets=asks, group="posts")
    )
    notices.register(
        NoticeKind("bridge.out", lambda: _("Your words being shared"), out, see, mail="at_once", group="words")
    )
    notices.register(
        NoticeKind("bridge.down", lambda: _("Your words being taken down"), down, look, mail="at_once", group="words")
    )
    notices.register(
        NoticeKind("bridge.ended", lambda: _("Usage rights that ended"), ended, look, gets=asks, group="posts")
    )
