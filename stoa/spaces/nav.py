"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.nav import Entry
from stoa.spaces.policy import may_break_glass, may_grant_on_site, may_invite_to_site, may_see_desk_spaces


def may_invite_some(actor: Actor) -> bool:
    return actor.is_member and actor.may("spaces.invite_few")


ENTRIES = [
    Entry("community", 30, lambda: _("Spaces"), "spaces:spaces", "layout-grid", wing="community", keys="s"),
    Entry("me", 36, lambda: _("Invite people"), "spaces:own_invitations", "user-plus", may=may_invite_some),
    Entry(
        "desk", 320, lambda: _("Spaces"), "spaces:desk_spaces", "layout-grid",
        group="Community", wing="community", may=may_see_desk_spaces,
    ),
    Entry("desk", 910, lambda: _("Roles"), "spaces:desk_roles", "key", group="Settings", may=may_grant_on_site),
    Entry("desk", 911, lambda: _("Rights"), "spaces:desk_rights", "list", group="Settings", may=may_grant_on_site),
    Entry(
        "desk", 325, lambda: _("Invitations"), "spaces:desk_invitations", "mail",
        group="Community", wing="community", may=may_invite_to_site,
    ),
    Entry("desk", 990, lambda: _("Break glass"), "spaces:desk_glass", "eye", group="Settings", may=may_break_glass),
]  # fmt: skip
