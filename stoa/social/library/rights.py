"""The rights of this room."""

from django.utils.translation import gettext as _

from stoa.people import rights

SOCIAL, MANAGER = "social_media_manager", "community_manager"
rights.register("library.see", lambda: _("See the library of pictures"), SOCIAL, MANAGER, "lead")
rights.register("library.keep", lambda: _("Bring pictures into the library, describe and sort them"), SOCIAL, MANAGER)
