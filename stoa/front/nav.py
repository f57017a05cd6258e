"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base import options
from stoa.base.nav import Entry
from stoa.front.launch import is_launching
from stoa.front.policy import may_move_in, may_open_desk

ENTRIES = [
    Entry("community", 10, lambda: _("Home"), "front:home", "house", keys="h"),
    Entry("me", 1, lambda: _("The desk"), "front:today", "layout-grid", may=may_open_desk),
    Entry("desk", 100, lambda: _("Today"), "front:today", "sun", keys="t", may=may_open_desk),
    Entry("desk", 110, lambda: _("Launch"), "front:launch", "circle-check", may=is_launching),
    Entry("desk", 200, lambda: _("Calendar"), "front:calendar", "calendar", keys="k", may=may_open_desk),
    Entry(
        "desk", 890, lambda: _("Moving in"), "front:imports", "package",
        group="Settings", may=may_move_in,
    ),
    Entry(
        "desk", 900, lambda: _("Options"), "front:options", "settings",
        group="Settings", may=options.may_change_options,
    ),
]  # fmt: skip
