"""Makers of spaces for tests: this room's, and every higher one's."""

from datetime import timedelta

from stoa.base import clock
from stoa.base.actors import SITE, Actor
from stoa.base.crypto import Secret
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.vouching import fingerprint
from stoa.spaces.models import Grant, Invitation, Role, Space
from stoa.spaces.models.space import slug_of


def make_space(name: str = "Sewing", visibility: str = "members", **fields: object) -> Space:
    if visibility == "secret":
        fields.setdefault("joining", "invite")
    return Space.objects.create(name=name, slug=slug_of(name), visibility=visibility, **fields)


def give(person: Person, role: str, space: Space | None = None) -> Grant:
    """Writes a grant of a shipped role: in a space, or in the whole site."""
    kind, number = space.scope if space else SITE
    return Grant.objects.create(person=person, role=Role.objects.get(key=role), scope_kind=kind, scope_id=number)


def make_staff(role: str = "owner", name: str = "") -> Actor:
    """A member with a role over the site."""
    person = make_person(name or role.replace("_", " ").title())
    give(person, role)
    return actor_of(person)


def make_insider(space: Space, role: str = "space.member", name: str = "Insider") -> Actor:
    """A member with a role in a space."""
    person = make_person(name)
    give(person, role, space)
    return actor_of(person)


def make_invitation(code: str, by: int, **fields: object) -> Invitation:
    """An invitation whose code is known, made by this person, good for nine days."""
    fields.setdefault("ends_at", clock.now() + timedelta(days=9))
    return Invitation.objects.create(fingerprint=fingerprint(code), sealed=Secret(code), by_id=by, **fields)
