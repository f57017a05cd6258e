"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.nav import Entry
from stoa.people.policy import may_edit_door, may_edit_fields, may_see_desk_members


def _is_visitor(actor: Actor) -> bool:
    return actor.is_visitor


def _is_pending(actor: Actor) -> bool:
    return actor.person_id is not None and not actor.is_member


def _is_member(actor: Actor) -> bool:
    return actor.is_member


ENTRIES = [
    Entry("community", 40, lambda: _("People"), "people:people", "users", wing="community", keys="p", may=_is_member),
    Entry("door", 10, lambda: _("Sign in"), "account_login", "log-in", may=_is_visitor),
    Entry("door", 20, lambda: _("Join"), "account_signup", "door-open", may=_is_visitor),
    Entry("me", 5, lambda: _("Come in"), "people:door", "door-open", may=_is_pending),
    Entry("me", 10, lambda: _("Your profile"), "people:own_profile", "user", may=_is_member),
    Entry("me", 12, lambda: _("Your drafts"), "people:drafts", "pencil-line", may=_is_member),
    Entry("me", 11, lambda: _("Your bookmarks"), "people:bookmarks", "bookmark", may=_is_member),
    Entry("me", 15, lambda: _("What you follow"), "people:follows", "bell-ring", may=_is_member),
    Entry("me", 20, lambda: _("Notices"), "people:notices", "bell", keys="n"),
    Entry("me", 80, lambda: _("Sign-in and your data"), "people:security", "shield"),
    Entry("me", 90, lambda: _("Sign out"), "account_logout", "log-out"),
    Entry(
        "desk", 310, lambda: _("Members"), "people:desk_members", "users",
        group="Community", wing="community", keys="m", may=may_see_desk_members,
    ),
    Entry("desk", 920, lambda: _("The door"), "people:desk_door", "door-open", group="Settings", may=may_edit_door),
    Entry("desk", 921, lambda: _("Profiles"), "people:desk_fields", "user", group="Settings", may=may_edit_fields),
]  # fmt: skip
