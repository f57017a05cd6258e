"""A link: a tracked address of ours. Its code is also the marker that a read-back looks for."""

from django.conf import settings
from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.social.publish.models.delivery import Delivery

CODE_LENGTH = 8


class Links(models.QuerySet["Link"]):
    """How links are found."""

    def visible_to(self, actor: Actor) -> "Links":
        if actor.is_system or actor.may("publish.see"):
            return self
        return self.filter(delivery__channel__in=actor.scope_ids("channel", "publish.see"))


class Link(Row):
    """`target` is a path of ours ("/join/") or a whole address; a visitor goes nowhere else. `delivery` is the one that carries it."""

    code = models.CharField(max_length=20, unique=True)
    target = models.CharField(max_length=1000)
    delivery = models.OneToOneField(Delivery, null=True, on_delete=models.SET_NULL, related_name="link")
    what = models.CharField(max_length=120, blank=True)
    by_id = models.BigIntegerField(null=True, db_index=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = Links.as_manager()

    def __str__(self) -> str:
        return self.code

    @property
    def address(self) -> str:
        """What stands in the post."""
        return address_of(self.code)

    @property
    def is_ours(self) -> bool:
        """Whether it leads to a page of this installation."""
        return self.target.startswith("/")


def address_of(code: str) -> str:
    return f"{settings.STOA_URL}/l/{code}"
