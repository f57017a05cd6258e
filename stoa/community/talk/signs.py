"""The signs that can be left under a topic or a reply: *thanks* goes to the person, *me too* is for those who do not write,
*helpful* marks one of several good answers; the rest are the community's own small set of reactions."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.base.options import option
from stoa.community.talk.facts import SignKey

ON_TOPICS, ON_REPLIES = frozenset({"topic"}), frozenset({"reply"})
ON_BOTH = ON_TOPICS | ON_REPLIES


@dataclass(frozen=True, eq=False)
class Sign:
    """One sign: what it says, its picture (an icon's name, or the emoji itself), and on what it may stand."""

    key: SignKey
    label: Callable[[], str]
    icon: str = ""
    emoji: str = ""
    on: frozenset[str] = ON_BOTH


OWN = (
    Sign(SignKey.THANKS, lambda: _("Thanks"), icon="hand-heart"),
    Sign(SignKey.ME_TOO, lambda: _("Me too"), icon="users", on=ON_TOPICS),
    Sign(SignKey.HELPFUL, lambda: _("Helpful"), icon="lightbulb", on=ON_REPLIES),
)
REACTIONS = (
    Sign(SignKey.LOVE, lambda: _("Love it"), emoji="❤️"),
    Sign(SignKey.LAUGH, lambda: _("That made me laugh"), emoji="😄"),
    Sign(SignKey.WOW, lambda: _("Wow"), emoji="😮"),
    Sign(SignKey.AGREE, lambda: _("I agree"), emoji="👍"),
    Sign(SignKey.CELEBRATE, lambda: _("Let us celebrate"), emoji="🎉"),
    Sign(SignKey.SAD, lambda: _("I am sorry"), emoji="😢"),
)
ALL: dict[str, Sign] = {each.key.value: each for each in (*OWN, *REACTIONS)}

CHOSEN = option(
    "talk.reactions",
    "love laugh celebrate",
    "Which reactions stand under topics and replies beside thanks, me too and helpful: of love, laugh, wow, agree, celebrate "
    "and sad, with blanks between them; empty for none.",
)


def offered() -> list[Sign]:
    """The signs that this community uses, thanks first. One query. A word that is no reaction is passed over."""
    chosen = set(CHOSEN.get().split())
    return [*OWN, *(each for each in REACTIONS if each.key in chosen)]


def known(key: str, on: str) -> Sign | None:
    """The sign of this key that this community uses on "topic" or "reply"."""
    return next((each for each in offered() if each.key == key and on in each.on), None)
