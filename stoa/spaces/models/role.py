"""Roles and grants: what one may do is a list of rights, given to a person within a scope."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor, Scope
from stoa.base.rows import Row
from stoa.people.models import Person

SCOPES = ("site", "space", "channel")


class Roles(models.QuerySet["Role"]):
    """How roles are found."""

    def visible_to(self, actor: Actor) -> "Roles":
        """For those who give roles over the site; not the one that only broken glass gives."""
        return self.exclude(key="space.witness") if actor.may("spaces.grant_on_site") else self.none()


class Role(Row):
    """A list of rights with a name. `offered` remembers the rights it was shipped with, so that one taken out stays out."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    scope_kind = models.CharField(max_length=8, default="space", choices=[(each, each) for each in SCOPES])
    rank = models.PositiveSmallIntegerField(default=0)
    rights = models.JSONField(default=list, blank=True)
    offered = models.JSONField(default=list, blank=True)
    is_shipped = models.BooleanField(default=False)

    objects = Roles.as_manager()

    class Meta:
        ordering = ["scope_kind", "-rank", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name as a reader sees it: ours in their language, one that was composed here as it was typed."""
        return _(self.name) if self.is_shipped else self.name


class Grants(models.QuerySet["Grant"]):
    """How grants are found."""

    def standing(self, now: datetime | None = None) -> "Grants":
        """Those that hold now."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now or clock.now()))

    def visible_to(self, actor: Actor) -> "Grants":
        """One's own; in a space those whom its readers see; over the site, for those who give roles there."""
        from stoa.spaces.models.space import Space

        found = Q(person_id=actor.person_id or 0)
        if actor.is_member:
            found |= Q(scope_kind="space", scope_id__in=Space.objects.readable_by(actor).values("id"))
        if actor.may("spaces.grant_on_site"):
            found |= Q(scope_kind="site")
        return self.filter(found)

    def within(self, scope: Scope) -> "Grants":
        return self.filter(scope_kind=scope[0], scope_id=scope[1])


class Grant(Row):
    """A role of one person in one scope. In a space it is what makes them belong: one role each."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    scope_kind = models.CharField(max_length=8, choices=[(each, each) for each in SCOPES])
    scope_id = models.BigIntegerField(default=0)
    granted_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True, db_index=True)

    objects = Grants.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "scope_kind", "scope_id", "role"], name="grant_once"),
            models.UniqueConstraint(
                fields=["person", "scope_id"], condition=Q(scope_kind="space"), name="one_role_in_a_space"
            ),
        ]
        indexes = [models.Index(fields=["scope_kind", "scope_id", "id"], name="grant_scope")]

    def __str__(self) -> str:
        return f"{self.scope_kind} {self.shown_id}"

    @property
    def scope(self) -> Scope:
        return (self.scope_kind, self.scope_id)
