"""The request as our views see it: Django's, with the Actor on it."""

from django.http import HttpRequest

from stoa.base.actors import Actor
from stoa.base.sights import Sight


class Request(HttpRequest):
    """For annotations only: what the middleware has made of Django's request."""

    actor: Actor
    sight: Sight | None
