"""What a person decides about an import: for whom each space is, and whether it goes on."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.work import wake
from stoa.front.actions.moving_in.reading import van_folder
from stoa.front.facts import ImportConfirmed, ImportPaused, ImportResumed
from stoa.front.models import Import, Moved
from stoa.front.moving_in import places
from stoa.front.moving_in.archive import Refused
from stoa.front.moving_in.places import Mapped
from stoa.front.policy import may_move_in
from stoa.spaces.models import Space

FIRST_STEP = "people"


def confirm_import(row: Import, said: Mapping[str, Mapping[str, Any]], *, by: Actor) -> Import:
    """From now on it is carried in, as was said of each place. Raises `Invalid` for a place that would be more open than it was."""
    with transaction.atomic():
        _as_it_stands(row, by)
        if row.state != Import.State.PROPOSED:
            raise NotPossible(_("This import was confirmed already."))
        try:
            mapped = places.changed(places.from_rows(row.mapping), said)
        except Refused as refusal:
            raise Invalid(str(refusal), field="places") from refusal
        _check_spaces(row, mapped)
        row.mapping = places.as_rows(mapped)
        row.confirmed_at, row.confirmed_by_id = clock.now(), by.person_id
        _start(row, FIRST_STEP)
        announce(ImportConfirmed(row.id, sum(each.takes for each in mapped)), by=by)
    return row


def pause_import(row: Import, *, by: Actor) -> Import:
    """What was carried in stays; the rest waits."""
    with transaction.atomic():
        _as_it_stands(row, by)
        if not row.may_pause:
            raise NotPossible(_("This import is not going on."))
        row.state, row.due_at = Import.State.PAUSED, None
        row.save(update_fields=["state", "due_at"])
        announce(ImportPaused(row.id), by=by)
    return row


def go_on(row: Import, *, by: Actor) -> Import:
    """Goes on where it stopped."""
    with transaction.atomic():
        _as_it_stands(row, by)
        if not row.may_go_on:
            raise NotPossible(_("This import does not wait."))
        _start(row, row.step)
        announce(ImportResumed(row.id), by=by)
    return row


def carry_again(row: Import, *, by: Actor) -> Import:
    """Goes through a whole archive once more: what is here already stays as it is."""
    with transaction.atomic():
        _as_it_stands(row, by)
        if row.state != Import.State.DONE:
            raise NotPossible(_("This import is not at its end."))
        row.place = 0
        _start(row, FIRST_STEP)
        announce(ImportResumed(row.id), by=by)
    return row


def _start(row: Import, step: str) -> None:
    if not van_folder(row.folder).exists():
        raise NotPossible(_("What was read of this archive is gone."), _("Read the archive once more."))
    row.state, row.step, row.due_at, row.trouble = Import.State.MOVING, step, clock.now(), ""
    row.save()
    wake.after_commit()


def _as_it_stands(row: Import, by: Actor) -> None:
    if not may_move_in(by):
        raise NotAllowed(_("You may not let a community move in."))
    row.refresh_from_db(from_queryset=Import.objects.select_for_update())


def _check_spaces(row: Import, mapped: list[Mapped]) -> None:
    """Into a space that is here already: one that this community made, or an open one; never one that is more open than the place was."""
    own = set(Moved.objects.filter(home=row.home_id, kind="place").values_list("thing_id", flat=True))
    spaces = Space.objects.in_bulk([number for each in mapped if each.takes and (number := ids.read(each.space))])
    for each in mapped:
        space = spaces.get(ids.read(each.space) or 0)
        if not each.takes or not each.space:
            continue
        if space is None or (space.is_closed and space.id not in own):
            raise Invalid(_("%(place)s cannot go into that space.") % {"place": each.was}, field="places")
        if places.more_open(space.visibility, each.most_open):
            raise Invalid(
                _("%(space)s is more open than %(place)s was.") % {"space": space.name, "place": each.was},
                field="places",
            )
