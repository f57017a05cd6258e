"""Saying how one wants to be told."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.people.models import NoticeWish
from stoa.people.models.notice import LEVELS, WAYS
from stoa.people.notices import kind_of
from stoa.people.wishing import level_of, said_by

Chosen = Mapping[tuple[str, str], str]  # (kind, way): level


def wish(kind: str, way: str, level: str, *, by: Actor) -> None:
    """How to be told of one kind by one way ("page", "mail", "push"): "never" or "at_once"."""
    wish_all({(kind, way): level}, by=by)


def wish_all(chosen: Chosen, *, by: Actor) -> int:
    """All that is chosen at once; written is what differs from what holds already. Says how many that were."""
    said = said_by(by)
    changed: dict[tuple[str, str], str] = {}
    for (key, way), level in chosen.items():
        kind = kind_of(key)
        if kind is None or way not in WAYS or level not in LEVELS:
            raise Invalid(_("That is not a way to be told."))
        if level_of(kind, way, said) != level and not (way == "page" and kind.always_told):
            changed[key, way] = level
    with transaction.atomic():
        for (key, way), level in changed.items():
            NoticeWish.objects.update_or_create(person_id=by.own_id, kind=key, way=way, defaults={"level": level})
    return len(changed)
