"""Staying out of sight, and coming back into it."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.community.talk.models import Unseen


def choose_to_be_seen(seen: bool, *, by: Actor) -> None:
    """Whether others see that one is writing, or here. Nobody is told."""
    if not by.is_member or by.person_id is None:
        raise NotAllowed(_("Visitors are never shown."))
    with transaction.atomic():
        if seen:
            Unseen.objects.filter(person_id=by.own_id).delete()
        else:
            Unseen.objects.get_or_create(person_id=by.own_id)
