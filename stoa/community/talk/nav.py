"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry

ENTRIES = [
    Entry(face="community", order=20, label=lambda: _("Topics"), route="talk:topics", icon="messages-square", keys="t"),
]
