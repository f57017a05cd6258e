"""How the digest is said: each line's reasons with their points, and the rhythms by name."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base.moments import lasting
from stoa.community.talk.digesting import Line
from stoa.community.talk.scoring import Reason


def why(line: Line) -> str:
    """The score as it came about: "somebody replied to your topic (100), you are in the space (5); 2 days old: × 0.82"."""
    reasons = ", ".join(f"{say(each)} ({each.points})" for each in line.reasons)
    values = {"reasons": reasons, "age": lasting(line.age), "times": f"{line.fading:.2f}"}
    return _("%(reasons)s; %(age)s old: × %(times)s") % values


def say(reason: Reason) -> str:
    return {
        "answered": _("somebody replied to your topic"),
        "reply_answered": _("somebody answered your reply"),
        "watched": _("you watch the topic"),
        "author": _("you follow who opened it"),
        "followed": _("you follow the topic"),
        "space_watched": _("you watch the space"),
        "space_followed": _("you follow the space"),
        "shared": _("you share an interest: %(what)s") % {"what": reason.what},
        "joined": _("you are in the space"),
    }[reason.key]


def news(line: Line) -> str:
    """What is new: "a new topic", "2 new replies"."""
    if not line.replies:
        return _("a new topic")
    return ngettext("%(count)s new reply", "%(count)s new replies", line.replies) % {"count": line.replies}


def rhythm_names() -> list[tuple[str, str]]:
    return [
        ("daily", _("Every morning")),
        ("weekly", _("Monday mornings")),
        ("monthly", _("The first morning of a month")),
        ("never", _("Never")),
    ]
