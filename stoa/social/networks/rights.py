"""The rights of this room."""

from django.utils.translation import gettext as _

from stoa.people import rights

SOCIAL, MANAGER = "social_media_manager", "community_manager"
rights.register("networks.see", lambda: _("See channels and what they may do"), SOCIAL, MANAGER, "lead", "operator")
rights.register("networks.connect", lambda: _("Connect and disconnect channels"), SOCIAL)
rights.register("networks.hold", lambda: _("Stop and start all sending"), SOCIAL, MANAGER, "operator")
