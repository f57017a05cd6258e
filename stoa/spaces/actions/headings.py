"""Headings: made, named, put in order, removed; and which spaces stand under which."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.spaces.facts import HeadingChanged, HeadingMade, HeadingRemoved, SpaceChanged
from stoa.spaces.models import Heading, Space
from stoa.spaces.models.heading import LONGEST
from stoa.spaces.policy import may_arrange, may_manage

MOST = 30


def make_heading(title: str, *, by: Actor) -> Heading:
    """A new heading, the last of all."""
    _may(by)
    with transaction.atomic():
        places = list(Heading.objects.select_for_update().values_list("place", flat=True))
        if len(places) >= MOST:
            raise NotPossible(_("There are %(count)s headings already.") % {"count": MOST}, _("Remove one first."))
        heading = Heading.objects.create(title=_titled(title), place=max(places, default=-1) + 1)
        announce(HeadingMade(heading.id), by=by)
    return heading


def name_heading(heading: Heading, title: str, *, by: Actor) -> None:
    _may(by)
    with transaction.atomic():
        heading.title = _titled(title)
        heading.save(update_fields=["title"])
        announce(HeadingChanged(heading.id), by=by)


def move_heading(heading: Heading, *, up: bool, by: Actor) -> None:
    """One place up or down among those that one sees; at the end nothing changes."""
    _may(by)
    with transaction.atomic():
        rows = list(Heading.objects.select_for_update().in_order())
        seen = set(Heading.objects.visible_to(by).values_list("id", flat=True))
        order = [number for number, row in enumerate(rows) if row.id in seen]
        at = next((place for place, number in enumerate(order) if rows[number].id == heading.id), None)
        if at is None:
            raise NotPossible(_("This heading is gone."))
        to = at - 1 if up else at + 1
        if not 0 <= to < len(order):
            return
        rows.insert(order[to], rows.pop(order[at]))
        for place, row in enumerate(rows):
            row.place = place
        Heading.objects.bulk_update(rows, ["place"])
        announce(HeadingChanged(heading.id), by=by)


def remove_heading(heading: Heading, *, by: Actor) -> None:
    """The spaces that stood under it stand under none."""
    _may(by)
    with transaction.atomic():
        number = heading.id
        heading.delete()
        announce(HeadingRemoved(number), by=by)


def arrange_spaces(places: Mapping[Space, Heading | None], *, by: Actor) -> None:
    """Puts each of these spaces under a heading, or under none; either all of it happens or nothing."""
    with transaction.atomic():
        for space, heading in places.items():
            space.refresh_from_db(from_queryset=Space.objects.select_for_update())
            if not may_manage(by, space):
                raise NotAllowed(_("You may not arrange this space."), _("Its stewards can."))
            if space.heading_id == (heading.id if heading else None):
                continue
            space.heading = heading
            space.save(update_fields=["heading"])
            announce(SpaceChanged(space.id, False), by=by)


def _may(by: Actor) -> None:
    if not may_arrange(by):
        raise NotAllowed(_("You may not arrange spaces under headings."))


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Invalid(_("A heading needs a title."), field="title")
    if len(title) > LONGEST:
        raise Invalid(_("Keep it to %(count)s characters.") % {"count": LONGEST}, field="title")
    return title
