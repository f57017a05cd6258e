"""The rights that this room knows, each with its sentence and the shipped roles that hold it from the start."""

from django.utils.translation import gettext as _

from stoa.moderation.models.case import DECIDE
from stoa.moderation.models.guideline import EDIT
from stoa.people import rights

rights.register("moderation.report", lambda: _("report what is not all right"), "member")
rights.register(DECIDE, lambda: _("decide about reports and appeals"), "moderator", "space.moderator", "space.steward")
rights.register(EDIT, lambda: _("change the guidelines and the norms"), "community_manager")
