"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry
from stoa.social.listen.policy import may_read_inbox
from stoa.social.networks.policy import may_see_channels

ENTRIES = [
    Entry("desk", 250, lambda: _("Inbox"), "listen:inbox", "inbox", wing="social", keys="i", may=may_read_inbox),
    Entry(
        "desk",
        420,
        lambda: _("Presence"),
        "listen:presence",
        "eye",
        group="Social",
        wing="social",
        may=may_see_channels,
    ),
]
