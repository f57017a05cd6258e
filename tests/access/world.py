"""The world that is asked: one person of each kind, one space of each visibility, and what the rooms put there.

A room brings `stoa/<room>/tests/world.py` with any of:

    def build(world, visibility): ...      puts its objects into the space of this visibility: world.put("talk.topic", topic)
    def grow(world, visibility): ...       nine more of each, for the query ceilings
    def outputs(world, kind): ...          yields (where, bytes): what this kind of person gets besides pages: mail, exports, feeds

Every text in what it makes is `world.words("topic.title")`: a sentence with a canary that is looked for in every output. Secret
things are built last, so that the world without them has the same ids.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from random import Random
from types import ModuleType
from typing import Any
from unittest.mock import patch

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from stoa.base import actors, clock, ids
from stoa.base.actors import Actor
from stoa.people.models import Person
from stoa.people.tests.makers import make_person
from stoa.rooms import ROOMS
from stoa.settings import HOMES
from stoa.spaces.actions import entry
from stoa.spaces.actions.roles import ship
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_space
from tests.access.rules import INSIDERS, PEOPLE, PRIVATE, STAFF, VISIBILITIES

INSTANT = datetime(2026, 3, 4, 12, tzinfo=UTC)
ROLES = {"space member": "space.member", "space moderator": "space.moderator", "steward": "space.steward"}
STANDINGS = {"pending": "pending", "suspended": "suspended"}


@dataclass
class World:
    """What was made: people by kind, spaces by visibility, objects by (key, visibility), canaries by (visibility, sight)."""

    people: dict[str, Person] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    objects: dict[tuple[str, str], Any] = field(default_factory=dict)
    canaries: dict[str, tuple[str, str]] = field(default_factory=dict)
    visibility: str = "public"

    def actor(self, kind: str) -> Actor:
        """The Actor of this kind of person, as a request would load it now."""
        return actors.of_person(self.people[kind].id) if kind in self.people else actors.VISITOR

    def put(self, key: str, made: Any) -> None:
        """Keeps an object of the visibility that is being built."""
        self.objects[key, self.visibility] = made

    def get(self, key: str, visibility: str) -> Any:
        return self.objects[key, visibility]

    def words(self, where: str, *, card: bool = False) -> str:
        """A text for one field, with a canary. `card`: what stands on a space's card, which more people may know."""
        canary = f"kanari{len(self.canaries):04d}x{self.visibility}"
        self.canaries[canary] = (self.visibility, "card" if card else where)
        return f"{where.replace('.', ' ')} {canary}"


def rooms_worlds() -> list[ModuleType]:
    """Each room's `tests/world.py`, lowest room first, then those of the networks that live in this house."""
    apps = [*(room.app for room in ROOMS), *HOMES]
    return [import_module(f"{app}.tests.world") for app in apps if find_spec(f"{app}.tests.world")]


@contextmanager
def still(seed: int = 7) -> Iterator[None]:
    """The clock stands; ids and tokens come from a seed."""
    tokens = Random(seed)
    with (
        clock.pinned(INSTANT),
        ids.seeded(seed),
        patch("secrets.token_urlsafe", lambda size=32: tokens.randbytes(size).hex()),
        patch("secrets.token_hex", lambda size=32: tokens.randbytes(size).hex()),
    ):
        yield


@contextmanager
def aside() -> Iterator[None]:
    """Files in memory: the world leaves nothing on the disk. No threads, which would stand outside its open transaction."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    storages = {**settings.STORAGES, "default": memory}
    with override_settings(STORAGES=storages, STOA_WORK_THREADS=0, STOA_WAKE=False):
        yield


def build(visibilities: tuple[str, ...] = VISIBILITIES) -> World:
    """Makes the world in the open transaction; `visibilities` leaves some spaces out."""
    world = World()
    ids._drawn.clear()  # else a second world in this millisecond would get other ids
    with still():
        ship()
        _people(world)
        for number, visibility in enumerate(VISIBILITIES):
            if visibility in visibilities:
                with ids.seeded(100 + number):
                    _space(world, visibility)
    return world


def grow(world: World) -> None:
    """Ten times as much of everything that rooms grow."""
    with still(seed=8):
        for visibility in world.spaces:
            world.visibility = visibility
            for room in rooms_worlds():
                if hasattr(room, "grow"):
                    room.grow(world, visibility)


def _people(world: World) -> None:
    for kind in PEOPLE:
        if kind != "anonymous":
            world.people[kind] = make_person(kind.title(), STANDINGS.get(kind, "member"))
        if kind in STAFF:
            give(world.people[kind], kind.replace(" ", "_"))
    for person in world.people.values():
        EmailAddress.objects.create(user=person.account, email=person.account.email, verified=True, primary=True)
    later = INSTANT + timedelta(days=900)
    Person.objects.filter(id=world.people["suspended"].id).update(suspended_until=later)


def _space(world: World, visibility: str) -> None:
    world.visibility = visibility
    name, description = world.words("space.name", card=True), world.words("space.description", card=True)
    joining = {"joining": "apply"} if visibility == PRIVATE else {}
    with transaction.atomic():
        space = make_space(name, visibility, description=description, **joining)
        world.spaces[visibility] = space
        world.put("spaces.space", space)
        for kind in INSIDERS:
            give(world.people[kind], ROLES[kind], space)
        give(world.people["ex-member"], "space.member", space)
        entry.leave_space(space, by=world.actor("ex-member"))
    for room in rooms_worlds():
        if hasattr(room, "build"):
            room.build(world, visibility)
