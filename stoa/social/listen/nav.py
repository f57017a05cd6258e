"""This room's entry of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry
from stoa.social.listen.policy import may_read_inbox

ENTRIES = [Entry("desk", 250, lambda: _("Inbox"), "listen:inbox", "inbox", wing="social", keys="i", may=may_read_inbox)]
