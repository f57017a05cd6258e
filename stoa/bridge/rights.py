"""The rights of this room."""

from django.utils.translation import gettext as _

from stoa.people import rights

SOCIAL, MANAGER = "social_media_manager", "community_manager"
rights.register("bridge.ask_use", lambda: _("ask members whether their words may be shared"), SOCIAL, MANAGER)
rights.register("bridge.campaigns", lambda: _("make campaigns and their links"), SOCIAL, MANAGER)
