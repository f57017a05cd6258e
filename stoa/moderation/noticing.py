"""The kinds of notices that this room gives. All are told at once and cannot be switched off: they are about rights or duties."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from stoa.base.things import Card
from stoa.people import notices
from stoa.people.notices import NoticeKind

Words = Callable[[], str]


def register_notices() -> None:
    """Called once by the room's plugs."""
    decide: Words = lambda: _("Read it and decide.")  # noqa: E731
    read: Words = lambda: _("Read the reasons; you can appeal.")  # noqa: E731
    about_words: Words = lambda: _("Decisions about what you wrote")  # noqa: E731
    _register("moderation.case", lambda: _("Reports to decide"), lambda: _("Reported: %(what)s"), decide)
    _register("moderation.appeal", lambda: _("Appeals to decide"), lambda: _("An appeal waits: %(what)s"), decide)
    _register("moderation.statement", about_words, lambda: _("A decision about what you wrote: %(what)s"), read)
    _register(
        "moderation.appeal_decided",
        lambda: _("Answers to your appeals"),
        lambda: _("Your appeal was decided: %(what)s"),
        lambda: _("Read the reasons."),
    )
    _register(
        "moderation.outcome",
        lambda: _("What came of your reports"),
        lambda: _("Your report was decided: %(what)s"),
        lambda: _("Read what was decided."),
    )
    _register(
        "moderation.guidelines",
        lambda: _("New versions of the guidelines"),
        lambda: _("New: %(what)s"),
        lambda: _("Read what changed, and accept it."),
    )


def _register(key: str, label: Words, words: Words, what_to_do: Words) -> None:
    def sentence(count: int, name: str, card: Card) -> str:
        return words() % {"what": card.title}

    notices.register(NoticeKind(key, label, sentence, what_to_do, mail="at_once", always_told=True))
