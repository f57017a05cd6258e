"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry
from stoa.social.networks.policy import may_see_channels

ENTRIES = [
    Entry("desk", 905, lambda: _("Channels"), "networks:channels", "radio", group="Settings", may=may_see_channels),
]
