"""Changing an option at the desk."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import Fact, announce, fact
from stoa.base.models.option import OptionRow
from stoa.base.options.declare import find

RIGHT = "base.change_options"


@fact("base.option_changed", about=("base.option", "option"))
@dataclass(frozen=True)
class OptionChanged(Fact):
    """Somebody changed an option at the desk."""

    option: int


def may_change_options(actor: Actor) -> bool:
    return actor.may(RIGHT) or actor.is_system


def set_option(key: str, value: Any, *, by: Actor) -> None:
    """Gives an option another value. Raises `NotAllowed`, `Invalid`; what is unchanged announces nothing."""
    if not may_change_options(by):
        raise NotAllowed(_("You may not change how this place works."), _("Ask one of its owners."))
    declared = find(key)
    if declared is None:
        raise Invalid(_("There is no such option."), field=key)
    new = declared.checked(value)
    with transaction.atomic():
        row = OptionRow.objects.select_for_update().filter(key=key).first()
        if (row.value if row else declared.default) == new:
            return
        changed = {"value": new, "by_id": by.person_id, "at": clock.now()}
        kept, _made = OptionRow.objects.update_or_create(key=key, defaults=changed)
        announce(OptionChanged(kept.id), by=by)
