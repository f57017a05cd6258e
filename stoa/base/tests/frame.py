"""Requests as pages see them, without middleware: a visitor's, a member's, a staff member's."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from stoa.base import shell
from stoa.base.actors import SITE, VISITOR, Actor, Standing
from stoa.base.models.site import Site

MEMBER = Actor(person_id=7, name="Ines Okonkwo-Lindqvist", standing=Standing.MEMBER)
STAFF = Actor(person_id=8, name="Tomasz", standing=Standing.MEMBER, rights={SITE: frozenset({"desk.open"})})


@pytest.fixture
def guild(monkeypatch: pytest.MonkeyPatch, db: None) -> Site:
    """The organisation's name without a query."""
    site = Site(name="Brackwater Repair Guild")
    monkeypatch.setattr(shell, "_kept", (time.monotonic() + 3600, site))
    return site


def asked(path: str = "/somewhere/", actor: Actor = VISITOR) -> HttpRequest:
    return dressed(RequestFactory().get(path), actor)


def dressed(request: HttpRequest, actor: Actor = VISITOR) -> HttpRequest:
    """What the middleware puts on a request."""
    request.actor, request.user, request.session = actor, AnonymousUser(), {}  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request
