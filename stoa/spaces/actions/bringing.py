"""Spaces and belongings that come from elsewhere, written in bulk by an action of a higher room that has asked who may, and whom a person
told for whom each space is."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.spaces.actions.roles import role
from stoa.spaces.facts import SpaceMade
from stoa.spaces.models import Grant, Space
from stoa.spaces.models.space import slug_of


def bring_space(name: str, *, about: str, visibility: str, state: str) -> Space:
    """A new space. Open ones can be joined; closed ones are entered by invitation."""
    joining = "open" if visibility in ("public", "members") else "invite"
    with transaction.atomic():
        space = Space.objects.create(
            name=name[:80],
            slug=slug_of(name),
            description=about[:500],
            visibility=visibility,
            joining=joining,
            state=state,
        )
        announce(SpaceMade(space.id), by=system("spaces"))
    return space


def bring_members(belongings: Iterable[tuple[int, int, bool]]) -> int:
    """Roles in spaces: (space, person, whether they looked after it). Who has a role there keeps it."""
    roles = {True: role("space.steward"), False: role("space.member")}
    rows = list(dict.fromkeys(belongings))
    there = _there(rows)
    grants = [
        Grant(person_id=person, role=roles[is_steward], scope_kind="space", scope_id=space)
        for space, person, is_steward in rows
        if (space, person) not in there
    ]
    Grant.objects.bulk_create(grants, batch_size=500, ignore_conflicts=True)
    return len(grants)


def _there(rows: Sequence[tuple[int, int, bool]]) -> set[tuple[int, int]]:
    found = Grant.objects.filter(
        scope_kind="space",
        scope_id__in={space for space, _, _ in rows},
        person_id__in={person for _, person, _ in rows},
    )
    return set(found.values_list("scope_id", "person_id"))
