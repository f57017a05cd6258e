"""This room's entry of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry
from stoa.measure.policy import may_read_numbers

ENTRIES = [
    Entry(
        "desk", 610, lambda: _("Impact"), "measure:impact", "chart-no-axes-column",
        group="Insights", keys="i", may=may_read_numbers,
    ),
]  # fmt: skip
