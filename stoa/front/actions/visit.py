"""Noting that somebody looked at Today."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.front.models import DeskVisit
from stoa.front.models.visit import SITTING
from stoa.front.policy import may_open_desk


def note_visit(*, by: Actor) -> DeskVisit:
    """A look within the hour belongs to the same visit; a later one begins a new one."""
    if not may_open_desk(by):
        raise NotAllowed(_("Only the staff uses Today."))
    with transaction.atomic():
        visit, made = DeskVisit.objects.select_for_update().get_or_create(person_id=by.own_id)
        if not made:
            if clock.now() - visit.latest > SITTING:
                visit.before = visit.latest
            visit.latest = clock.now()
            visit.save(update_fields=["before", "latest"])
    return visit
