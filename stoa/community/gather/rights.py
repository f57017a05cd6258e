"""The rights that this room knows, each with its sentence and the shipped roles that hold it from the start."""

from django.utils.translation import gettext as _

from stoa.people import rights

MEMBERS = ("member", "space.guest", "space.member", "space.moderator", "space.steward")
TENDERS = ("moderator", "community_manager", "space.moderator", "space.steward")

rights.register("gather.plan", lambda: _("Plan, change and cancel events"), *TENDERS)
rights.register("gather.attend", lambda: _("Say yes to events"), *MEMBERS)
rights.register("gather.see_hidden", lambda: _("See events that a decision hid"), *TENDERS)
rights.register("gather.set_goal", lambda: _("Set the community's goal"), "community_manager")
rights.register("gather.count", lambda: _("Count things towards the goal"), "member")
