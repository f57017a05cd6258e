"""This room's entry of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry
from stoa.social.library.policy import may_see_library

ENTRIES = [
    Entry(
        "desk", 480, lambda: _("Library"), "library:assets", "images",
        group="Social", wing="social", keys="l", may=may_see_library,
    ),
]  # fmt: skip
