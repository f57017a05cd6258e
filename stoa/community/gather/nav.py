"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry
from stoa.community.gather.policy import may_see_desk_events, may_set_goal

ENTRIES = [
    Entry("community", 40, lambda: _("Events"), "gather:events", "calendar-days", wing="community", keys="e"),
    Entry(
        "desk", 335, lambda: _("Programme"), "gather:programme", "repeat",
        group="Community", wing="community", may=may_see_desk_events,
    ),
    Entry(
        "desk", 340, lambda: _("Events"), "gather:desk_events", "calendar-days",
        group="Community", wing="community", may=may_see_desk_events,
    ),
    Entry(
        "desk", 345, lambda: _("Goal"), "gather:desk_goal", "target",
        group="Community", wing="community", may=may_set_goal,
    ),
]  # fmt: skip
