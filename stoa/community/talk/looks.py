"""How each kind of topic, and each status of an idea, is called and drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, eq=False)
class Look:
    """A kind or a status as it is shown: a word, an icon, and the colour of its badge."""

    key: str
    label: Callable[[], str]
    icon: str
    colour: str = "plain"
    hint: Callable[[], str] = str


KINDS = {
    each.key: each
    for each in (
        Look("discussion", lambda: _("Discussion"), "message-circle", hint=lambda: _("Talk something over.")),
        Look("question", lambda: _("Question"), "circle-question-mark", hint=lambda: _("One answer settles it.")),
        Look("idea", lambda: _("Idea"), "lightbulb", hint=lambda: _("Others vote; the team says what becomes of it.")),
        Look("poll", lambda: _("Poll"), "vote", hint=lambda: _("Members of the space choose, in secret.")),
        Look("announcement", lambda: _("Announcement"), "megaphone", hint=lambda: _("Stands first for a while.")),
    )
}
STATUSES = {
    each.key: each
    for each in (
        Look("open", lambda: _("Open"), "circle-dashed"),
        Look("considered", lambda: _("Considered"), "scale"),
        Look("planned", lambda: _("Planned"), "calendar-check", "warn"),
        Look("done", lambda: _("Done"), "circle-check", "good"),
        Look("declined", lambda: _("Declined"), "circle-slash"),
    )
}
