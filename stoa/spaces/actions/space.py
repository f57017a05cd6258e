"""Spaces: made, changed, closed and opened."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import search
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.people.models import Person
from stoa.spaces.actions.roles import role, write_grant
from stoa.spaces.facts import SpaceChanged, SpaceMade
from stoa.spaces.models import Space
from stoa.spaces.models.space import STATES, slug_of
from stoa.spaces.policy import may_make_space, may_manage
from stoa.spaces.visibility import audience_of


@dataclass(frozen=True)
class Settings:
    """All that a steward sets."""

    name: str
    description: str = ""
    visibility: str = "members"
    joining: str = "open"
    question: str = ""
    ask_team: bool = False
    standards: str = ""
    norm: str = ""
    interests: tuple[str, ...] = ()


def make_space(settings: Settings, *, by: Actor) -> Space:
    """A new space, with whoever makes it as its first steward."""
    if not may_make_space(by):
        raise NotAllowed(_("You may not make spaces."))
    with transaction.atomic():
        space = Space()
        _write(space, settings)
        announce(SpaceMade(space.id), by=by)
        if by.person_id:
            write_grant(Person.objects.get(id=by.person_id), role("space.steward"), space, by=by)
    return space


def change_space(space: Space, settings: Settings, *, by: Actor) -> None:
    """Sets everything at once."""
    with transaction.atomic():
        _check(space, by)
        before = (space.visibility, space.ask_team)
        _write(space, settings)
        search.readdress(space.id, audience_of(space))
        announce(SpaceChanged(space.id, before != (space.visibility, space.ask_team)), by=by)


def _write(space: Space, settings: Settings) -> None:
    if not settings.name.strip():
        raise Invalid(_("A space needs a name."), field="name")
    space.name, space.slug = settings.name.strip()[:80], slug_of(settings.name)
    space.description, space.question = settings.description[:500], settings.question[:300]
    space.visibility, space.ask_team = settings.visibility, settings.ask_team
    space.joining = "invite" if settings.visibility == "secret" else settings.joining
    space.standards, space.norm = settings.standards, settings.norm[:300]
    space.interests = list(settings.interests)
    space.save()


def set_state(space: Space, state: str, *, by: Actor) -> None:
    """*active*, *readonly* (nobody writes), *archived* (also out of the lists)."""
    with transaction.atomic():
        _check(space, by)
        if state not in STATES:
            raise Invalid(_("A space is active, read-only or archived."), field="state")
        space.state = state
        space.save(update_fields=["state"])
        announce(SpaceChanged(space.id, False), by=by)


def _check(space: Space, by: Actor) -> None:
    """Asks of the space as it stands now, and keeps others out until it is over: who managed it while it was open has no say in it
    once its own have closed it."""
    space.refresh_from_db(from_queryset=Space.objects.select_for_update())
    if not may_manage(by, space):
        raise NotAllowed(_("You may not change this space."))
