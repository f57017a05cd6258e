"""The rights of this room."""

from django.utils.translation import gettext as _

from stoa.people import rights

SOCIAL, MANAGER = "social_media_manager", "community_manager"
rights.register("publish.see", lambda: _("See posts and what became of them"), SOCIAL, MANAGER, "lead")
rights.register("publish.plan", lambda: _("Write, plan and take down posts"), SOCIAL)
rights.register("publish.answer", lambda: _("Answer on networks"), SOCIAL, MANAGER)
