"""The kinds of notices that this room gives: to those who can mend what did not go out, while it still is so."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from stoa.base import mail
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.people import notices
from stoa.people.notices import NoticeKind, who_holds
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import ASKS, HANDED, REFUSED, UNKNOWN

STATES = {"publish.refused": REFUSED, "publish.unknown": UNKNOWN, "publish.asks": ASKS, "publish.handed": HANDED}
LOST, ENDING = "publish.stopped", "publish.ending"


def lost(count: int, name: str, card: Card) -> str:
    return _("%(channel)s must be connected again: what is planned for it does not go out") % {"channel": card.title}


def ending(count: int, name: str, card: Card) -> str:
    return _("%(channel)s: its sign-in ends soon, and nothing goes out from then on") % {"channel": card.title}


def register_notices() -> None:
    """Called once by the room's plugs. What is unknown is looked up by itself, and asks when that does not help: it is not mailed."""
    for key, label, words, what_to_do, level in _kinds():
        _register(key, label, words, what_to_do, level)
        mail.may_send(key)(still_so)
    notices.register(
        NoticeKind(
            LOST, lambda: _("Channels that must be connected again"), lost, lambda: _("Connect it again."),
            mail="at_once", push="at_once", gets=who_holds("networks.connect"), group="posts",
        )
    )  # fmt: skip
    mail.may_send(LOST)(still_lost)
    notices.register(
        NoticeKind(
            ENDING, lambda: _("Channels whose sign-in ends soon"), ending, lambda: _("Sign in again before then."),
            mail="at_once", push="at_once", gets=who_holds("networks.connect"), group="posts",
        )
    )  # fmt: skip
    mail.may_send(ENDING)(still_ending)


def _kinds() -> Sequence[tuple[str, Callable[[], str], Callable[[], str], Callable[[], str], str]]:
    return (
        (
            "publish.refused", lambda: _("Posts that a network refused"), lambda: _("%(where)s: the network refused it"),
            lambda: _("Read why, mend it and send it again."), "at_once",
        ),
        (
            "publish.asks", lambda: _("Posts that wait for your decision"), lambda: _("%(where)s: it waits for a decision"),
            lambda: _("Say whether it is there, goes out now, or is let go."), "at_once",
        ),
        (
            "publish.handed", lambda: _("Posts to be posted by hand"), lambda: _("%(where)s: its time has come, post it by hand"),
            lambda: _("Everything is ready to copy or share."), "at_once",
        ),
        (
            "publish.unknown", lambda: _("Posts whose outcome is not known yet"),
            lambda: _("%(where)s: it is not known whether it went out"),
            lambda: _("Nothing to press: it is looked up, and asks you if that does not help."), "never",
        ),
    )  # fmt: skip


def _register(
    key: str, label: Callable[[], str], words: Callable[[], str], what_to_do: Callable[[], str], level: str
) -> None:
    def sentence(count: int, name: str, card: Card) -> str:
        return words() % {"where": card.title}

    plans = who_holds("publish.plan")
    notices.register(NoticeKind(key, label, sentence, what_to_do, mail=level, push=level, gets=plans, group="posts"))


def still_so(reader: Actor, letter: Letter) -> bool:
    """Not when somebody has seen to it since the letter was written."""
    found = Delivery.objects.visible_to(reader).filter(id=letter.thing_id or 0)
    return found.filter(state=STATES.get(letter.kind, "")).exists()


def still_lost(reader: Actor, letter: Letter) -> bool:
    """Not when the channel was connected since the letter was written."""
    return Channel.objects.visible_to(reader).filter(id=letter.thing_id or 0).exclude(state="connected").exists()


def still_ending(reader: Actor, letter: Letter) -> bool:
    """Not when somebody has signed in again since the letter was written."""
    found = Channel.objects.visible_to(reader).filter(id=letter.thing_id or 0, state="connected")
    return found.filter(warned_days__isnull=False).exists()
