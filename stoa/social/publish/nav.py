"""This room's entries of the navigation."""

from django.utils.translation import gettext as _

from stoa.base.nav import Entry
from stoa.social.publish.policy import may_compose, may_see_posts

ENTRIES = [
    Entry(
        "desk", 410, lambda: _("Compose"), "publish:new_post", "square-pen",
        group="Social", wing="social", keys="o", may=may_compose,
    ),
    Entry(
        "desk", 415, lambda: _("Posts"), "publish:posts", "newspaper",
        group="Social", wing="social", may=may_see_posts,
    ),
    Entry("desk.create", 10, lambda: _("Compose"), "publish:new_post", "square-pen", may=may_compose),
]  # fmt: skip
