"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.nav import Entry
from stoa.bridge.policy import may_ask, may_campaign


def is_member(actor: Actor) -> bool:
    return actor.is_member


ENTRIES = [
    Entry("me", 30, lambda: _("Your words"), "bridge:stories", "quote", may=is_member),
    Entry(
        "desk", 510, lambda: _("Campaigns"), "bridge:campaigns", "megaphone",
        group="Bridge", wing="bridge", may=may_campaign,
    ),
    Entry(
        "desk", 530, lambda: _("Member stories"), "bridge:desk_stories", "quote",
        group="Bridge", wing="bridge", may=may_ask,
    ),
]  # fmt: skip
