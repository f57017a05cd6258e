"""The right that this room knows."""

from django.utils.translation import gettext as _

from stoa.measure.policy import READ
from stoa.people import rights

rights.register(READ, lambda: _("Read what the numbers say"), "lead", "community_manager", "social_media_manager")
