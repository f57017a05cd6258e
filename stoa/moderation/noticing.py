"""The kinds of notices that this room gives. All are told at once and cannot be switched off: they are about rights or duties."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.things import Card
from stoa.moderation.models.case import DECIDE
from stoa.people import notices
from stoa.people.notices import NoticeKind, who_holds

Words = Callable[[], str]
Gets = Callable[[Actor], bool]
HARM = "moderation.harm"
DECIDES = who_holds(DECIDE)


def register_notices() -> None:
    """Called once by the room's plugs."""
    decide: Words = lambda: _("Read it and decide.")  # noqa: E731
    read: Words = lambda: _("Read the reasons; you can appeal.")  # noqa: E731
    about_words: Words = lambda: _("Decisions about what you wrote")  # noqa: E731
    for key, label, words in (
        ("moderation.case", lambda: _("Reports to decide"), lambda: _("Reported: %(what)s")),
        ("moderation.appeal", lambda: _("Appeals to decide"), lambda: _("An appeal waits: %(what)s")),
    ):
        _register(key, label, words, decide, gets=DECIDES)
    _register(
        HARM,
        lambda: _("Reports of harm"),
        lambda: _("Harm is reported: %(what)s"),
        lambda: _("Read it now and decide: hide it first if you are not sure."),
        gets=DECIDES,
        waits=False,
    )
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


def _register(
    key: str, label: Words, words: Words, what_to_do: Words, gets: Gets = notices.everybody, waits: bool = True
) -> None:
    def sentence(count: int, name: str, card: Card) -> str:
        return words() % {"what": card.title}

    ways = {"mail": "at_once", "push": "at_once"}
    notices.register(NoticeKind(key, label, sentence, what_to_do, **ways, always_told=True, waits=waits, gets=gets))
