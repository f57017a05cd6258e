"""The person: a human being as we know them."""

from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.text import slugify

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models.account import Account

if TYPE_CHECKING:
    from datetime import datetime

STANDINGS = ("pending", "member", "suspended", "erased")


class FoldedName(models.CharField[str, str]):
    """The name without case, for mentions and search: written with the row, so that no action can forget it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = str(getattr(model_instance, "name", "")).casefold()
        setattr(model_instance, self.attname, folded)
        return folded


class People(models.QuerySet["Person"]):
    """How people are found."""

    def members(self) -> "People":
        """Those who are here: through the door and not gone."""
        return self.filter(standing__in=("member", "suspended"))

    def visible_to(self, actor: Actor) -> "People":
        """Members see members; visitors see those who chose to be shown to everyone; everybody sees themselves."""
        if actor.is_member:
            return self.members()
        shown = models.Q(standing="member", shown_to="everyone")
        return self.filter(shown | models.Q(id=actor.person_id) if actor.person_id else shown)

    def not_away(self) -> "People":
        """Those who are here, give or take the hours between their day and that of UTC."""
        return self.filter(models.Q(away_until=None) | models.Q(away_until__lte=clock.now().date()))


class Person(Row):
    """A human being. With an account they are a member; erased, only the row remains, with nothing of theirs in it.

    `welcomes`: they are glad to be introduced to newcomers who share an interest with them. `away_until`: the day on which they are
    back, on the calendar of their zone.
    """

    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(max_length=80, blank=True)
    folded = FoldedName(max_length=200, blank=True, db_index=True, editable=False)
    standing = models.CharField(max_length=10, default="pending", choices=[(each, each) for each in STANDINGS])
    suspended_until = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    bio = models.TextField(blank=True, max_length=2000)
    helps_with = models.CharField(max_length=200, blank=True)
    looks_for = models.CharField(max_length=200, blank=True)
    interests = models.JSONField(default=list, blank=True)
    shown_to = models.CharField(
        max_length=8, default="members", choices=[("members", "members"), ("everyone", "everyone")]
    )
    welcomes = models.BooleanField(default=False)
    away_until = models.DateField(null=True)
    portrait_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=12, default="en")
    zone = models.CharField(max_length=60, default="UTC")
    joined_at = models.DateTimeField(default=clock.now)

    objects = People.as_manager()

    class Meta:
        indexes = [models.Index(fields=["standing", "folded", "id"], name="person_directory")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The path of their page."""
        return f"/people/{self.shown_id}-{slug_of(self.name)}/"

    @property
    def portrait_address(self) -> str:
        """The path of their picture, small; empty when they have none."""
        return f"/files/{ids.shown(self.portrait_id)}?size=thumb" if self.portrait_id else ""

    def is_shown_to(self, actor: Actor) -> bool:
        """Whether this actor may open their page and see their picture; the row's own answer to what `visible_to` finds."""
        if self.standing not in ("member", "suspended") or actor.is_member:
            return self.standing in ("member", "suspended")
        return (self.standing == "member" and self.shown_to == "everyone") or self.id == actor.person_id

    def address_for(self, actor: Actor) -> str:
        """The path of their page, where this actor may open it."""
        return self.address if self.is_shown_to(actor) else ""

    def portrait_for(self, actor: Actor) -> str:
        """The path of their picture, where this actor may see it."""
        return self.portrait_address if self.is_shown_to(actor) else ""

    @property
    def is_erased(self) -> bool:
        return self.standing == "erased"

    def is_suspended_at(self, instant: "datetime") -> bool:
        """A suspension with an end is over when the end has come, whether or not anybody wrote it down."""
        return self.standing == "suspended" and (self.suspended_until is None or self.suspended_until > instant)

    def is_away_at(self, instant: "datetime") -> bool:
        """Until the day of their return begins where they live."""
        return self.away_until is not None and instant.astimezone(ZoneInfo(self.zone)).date() < self.away_until


@lru_cache(10_000)
def slug_of(name: str) -> str:
    """What stands after the id in the address of somebody's page."""
    return slugify(name) or "person"
