"""The world that is asked: one person of each kind, one space of each visibility, and what the rooms put there.

A room brings `stoa/<room>/tests/world.py` with any of:

    def build(world, visibility): ...      puts its objects into the space of this visibility: world.put("talk.topic", topic)
    def beside(world): ...                 what stands elsewhere and names secret things by their ids: posts, links, marks, quotes
    def grow(world, visibility): ...       nine more of each, for the query ceilings
    def outputs(world, kind): ...          yields (where, bytes): what this kind of person gets besides pages: mail, streams, feeds

Every text in what it makes is `world.words("topic.title")`: a sentence with a canary that is looked for in every output; so is the id
of what is `put`, and what `world.mark` is given (the bytes of a file). Secret things are built last, so that the world without them
(`without_secret`) has the same ids; what is `beside` stands in both worlds, and points at nothing where there is no secret space.
"""

from collections.abc import Callable, Iterator
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
from stoa.base.live import nearby
from stoa.base.work import drain as draining
from stoa.base.work.claim import Claimed
from stoa.base.work.kinds import Kind
from stoa.people.models import Person
from stoa.people.tests.makers import make_person
from stoa.rooms import ROOMS
from stoa.settings import HOMES
from stoa.spaces.actions import entry
from stoa.spaces.actions.roles import ship
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_space
from tests.access.rules import INSIDERS, PEOPLE, PRIVATE, SECRET, STAFF, VISIBILITIES

INSTANT = datetime(2026, 3, 4, 12, tzinfo=UTC)
ROLES = {"space member": "space.member", "space moderator": "space.moderator", "steward": "space.steward"}
ON_CARDS = ("spaces.space", "spaces.heading", "base.file")
STANDINGS = {"pending": "pending", "suspended": "suspended"}


@dataclass
class World:
    """What was made: people by kind, spaces by visibility, objects by (key, visibility), canaries by (visibility, sight)."""

    people: dict[str, Person] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    objects: dict[tuple[str, str], Any] = field(default_factory=dict)
    canaries: dict[str, tuple[str, str]] = field(default_factory=dict)
    marks: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    visibility: str = "public"
    before_secret: str = ""

    def actor(self, kind: str) -> Actor:
        """The Actor of this kind of person, as a request would load it now."""
        return actors.of_person(self.people[kind].id) if kind in self.people else actors.VISITOR

    def put(self, key: str, made: Any) -> None:
        """Keeps an object of the visibility that is being built. Its id tells that it is there, as its words do; people have theirs
        elsewhere."""
        self.objects[key, self.visibility] = made
        if not isinstance(made, Person):
            at = (self.visibility, "card" if key in ON_CARDS else f"id of {key}")
            self.marks |= {made.shown_id.encode(): at, str(made.id).encode(): at}

    def mark(self, content: bytes, where: str, *, card: bool = False) -> None:
        """Keeps bytes that betray what they are of."""
        self.marks[content] = (self.visibility, "card" if card else where)

    @contextmanager
    def at(self, visibility: str) -> Iterator[None]:
        """What is put in the block belongs to that visibility."""
        before, self.visibility = self.visibility, visibility
        yield
        self.visibility = before

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
    """The clock stands; ids and tokens come from a seed; nobody is said to be anywhere, for memory is not rolled back."""
    tokens = Random(seed)
    nearby._said.clear()
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
            if visibility in visibilities and visibility != SECRET:
                with ids.seeded(100 + number):
                    _space(world, visibility)
    if SECRET in visibilities:
        _add_secret(world)
    return world


def _add_secret(world: World) -> None:
    """On a savepoint: what comes now can be taken out again."""
    world.canaries = {canary: at for canary, at in world.canaries.items() if at[0] != SECRET}
    world.before_secret = transaction.savepoint()
    with still(seed=11), ids.seeded(110):
        _space(world, SECRET)
    _beside(world)


def _beside(world: World) -> None:
    """Each room with ids of its own, so that what follows from the secret ones shifts nobody else's."""
    with still(seed=13):
        for number, room in enumerate(rooms_worlds()):
            if hasattr(room, "beside"):
                with ids.seeded(120 + number):
                    room.beside(world)
        with patch.object(draining, "run_one", _with_own_ids):
            draining.drain()


def _with_own_ids(kind: Kind, claimed: Claimed, run: Callable[..., None] = draining.run_one) -> None:
    """Work draws the same ids whatever else was worked on before it."""
    with ids.seeded(claimed.id):
        run(kind, claimed)


@contextmanager
def without_secret(world: World) -> Iterator[None]:
    """The same world as though the secret space had never been made. Not within a savepoint of a test."""
    transaction.savepoint_rollback(world.before_secret)
    _beside(world)
    try:
        yield
    finally:
        transaction.savepoint_rollback(world.before_secret)
        _add_secret(world)


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
            entry.let_in(world.people[kind], space, ROLES[kind], by=actors.system("spaces"))
        entry.let_in(world.people["ex-member"], space, "space.member", by=actors.system("spaces"))
        entry.leave_space(space, by=world.actor("ex-member"))
    for room in rooms_worlds():
        if hasattr(room, "build"):
            room.build(world, visibility)
