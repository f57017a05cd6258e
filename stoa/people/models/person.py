"""The person: a human being as we know them."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.people.models.account import Account


class Person(Row):
    """A human being. With an account they are a member; erased, only the row remains, with nothing of theirs in it."""

    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(max_length=80)
    standing = models.CharField(
        max_length=10,
        default="pending",
        choices=[(each, each) for each in ("pending", "member", "suspended", "erased")],
    )
    suspended_until = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    bio = models.TextField(blank=True, max_length=2000)
    helps_with = models.CharField(max_length=200, blank=True)
    portrait_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=12, default="en")
    zone = models.CharField(max_length=60, default="UTC")
    joined_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name
