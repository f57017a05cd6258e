"""Rows of Today for schedules that stopped by themselves."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow
from stoa.social.publish.models import Schedule

MOST = 20


def stopped_schedules(actor: Actor) -> Iterator[WorkRow]:
    """One query. A stop by a person says no reason, and asks for nothing."""
    rows = Schedule.objects.visible_to(actor).filter(state="stopped").exclude(reason="").select_related("post")
    for row in rows.order_by("changed_at")[:MOST]:
        yield WorkRow(
            key=f"publish.schedule:{row.shown_id}", section=Section.CANNOT_WAIT,
            what=_("Repeated post “%(post)s”: it stopped by itself") % {"post": row.post.title}, why=row.reason, act=_("Look"),
            address=row.get_absolute_url(), since=row.changed_at, wing="social", weight=2.0, icon="repeat",
        )  # fmt: skip
