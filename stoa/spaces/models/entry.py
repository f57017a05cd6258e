"""Ways in: applications, invitations, and the owner's broken glass."""

import secrets

from django.db import models
from django.db.models import F, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person
from stoa.spaces.models.role import Role
from stoa.spaces.models.space import Space

DECIDED = ("open", "accepted", "declined", "withdrawn")


class Applications(models.QuerySet["Application"]):
    """How applications are found."""

    def visible_to(self, actor: Actor) -> "Applications":
        """One's own, and those that one may decide."""
        from stoa.spaces.readers import tended

        return self.filter(Q(person_id=actor.person_id or 0) | tended(actor, "spaces.decide_applications"))


class Application(Row):
    """Somebody asks to come in; a person of the space decides, with reasons."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="applications")
    answer = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=10, default="open", choices=[(each, each) for each in DECIDED])
    reason = models.TextField(blank=True, max_length=1000)
    at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True, db_index=True)

    objects = Applications.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], condition=Q(state="open"), name="one_open_application")
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"


class Invitations(models.QuerySet["Invitation"]):
    """How invitations are found."""

    def open(self) -> "Invitations":
        """Those that can still be used."""
        return self.filter(revoked_at=None, used__lt=F("uses"), ends_at__gt=clock.now())

    def visible_to(self, actor: Actor) -> "Invitations":
        """One's own, those into what one may invite to."""
        from stoa.spaces.readers import tended

        found = Q(by_id=actor.person_id or 0) | Q(Q(space__isnull=False), tended(actor, "spaces.invite"))
        if actor.may("spaces.invite_to_site"):
            found |= Q(space=None)
        return self.filter(found)

    def shown_by_code(self, actor: Actor, code: str) -> "Invitations":
        """Whoever holds the code sees the open invitation, unless it names somebody else."""
        return self.open().filter(Q(person=None) | Q(person_id=actor.person_id or 0), code=code)

    def addressed_to(self, actor: Actor) -> "Invitations":
        """Open ones that name this person or their address."""
        if not actor.person_id:
            return self.none()
        named = Q(person_id=actor.person_id)
        return self.open().filter(named | Q(email__iexact=actor.address) if actor.address else named)


def new_code() -> str:
    return secrets.token_urlsafe(18)


class Invitation(Row):
    """A way in for those who hold the code: to the community, and into `space` with `role` when one is named."""

    code = models.CharField(max_length=40, unique=True, default=new_code)
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="invitations")
    role = models.ForeignKey(Role, null=True, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    was_mailed = models.BooleanField(default=False)
    uses = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True, db_index=True)

    objects = Invitations.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(used__lte=F("uses")), name="invitation_not_overused")]

    def __str__(self) -> str:
        return self.shown_id


class InvitationUse(Row):
    """Who came by which invitation."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="taken")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitation_uses")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "person"], name="invitation_used_once_each")]

    def __str__(self) -> str:
        return self.shown_id


class BreakGlass(Row):
    """An owner looked: first at the names of closed spaces (no space), then into one, for a reason, for a while."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="glass_broken")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="glass_broken")
    reason = models.TextField(max_length=1000)
    at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.shown_id
