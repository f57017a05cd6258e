"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.nav import Entry
from stoa.moderation.policy import may_edit_guidelines, may_see_queue


def is_member(actor: Actor) -> bool:
    return actor.is_member


ENTRIES = [
    Entry("foot", 10, lambda: _("Guidelines"), "moderation:guidelines", "scroll-text"),
    Entry("foot", 20, lambda: _("Decisions"), "moderation:log", "list-checks"),
    Entry("me", 40, lambda: _("Your reports"), "moderation:reports", "flag", may=is_member),
    Entry(
        "desk", 350, lambda: _("Moderation"), "moderation:desk", "scale",
        group="Community", wing="community", may=may_see_queue,
    ),
    Entry(
        "desk", 360, lambda: _("Guidelines"), "moderation:desk_guidelines", "scroll-text",
        group="Community", wing="community", may=may_edit_guidelines,
    ),
]  # fmt: skip
