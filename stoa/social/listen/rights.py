"""The rights of this room."""

from django.utils.translation import gettext as _

from stoa.people import rights

SOCIAL, MANAGER = "social_media_manager", "community_manager"
rights.register("listen.read_inbox", lambda: _("Read the inbox"), SOCIAL, MANAGER, "moderator")
rights.register("listen.answer", lambda: _("Answer and settle what is in the inbox"), SOCIAL, MANAGER)
