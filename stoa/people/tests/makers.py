"""Makers of people for tests: this room's, and every higher one's."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from stoa.base import actors
from stoa.base.actors import Actor
from stoa.people.models import Account, Person
from stoa.people.sessions import SessionStore


def make_person(name: str = "Ada", standing: str = "member", **fields: object) -> Person:
    """A person with an account, no newcomer any more."""
    fields.setdefault("level", 1)
    number = Account.objects.count()
    account = Account.objects.create(email=f"{name.lower().replace(' ', '.')}.{number}@example.org")
    return Person.objects.create(account=account, name=name, standing=standing, **fields)


def actor_of(person: Person) -> Actor:
    """The Actor as a request would load it."""
    return actors.of_person(person.id)


def make_actor(name: str = "Ada", standing: str = "member") -> Actor:
    return actor_of(make_person(name, standing))


def make_session(person: Person) -> str:
    """The key of a session in which this person is signed in."""
    assert person.account is not None
    made = SessionStore()
    made[SESSION_KEY], made[BACKEND_SESSION_KEY] = str(person.account.pk), "stoa.people.recognising.Recognises"
    made[HASH_SESSION_KEY] = person.account.get_session_auth_hash()
    made.create()
    made.save()
    return str(made.session_key)
