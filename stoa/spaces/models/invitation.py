"""Invitations: links that let people in, and who came by which. A code is kept as a fingerprint, and sealed for its maker alone."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Lower
from django.db.models.lookups import Exact

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.crypto import CannotOpen, SealedField
from stoa.base.rows import Row
from stoa.people.models import Person, SignUp
from stoa.people.vouching import fingerprint
from stoa.spaces.models.role import Grant, Role
from stoa.spaces.models.space import Space

INVITE = "spaces.invite"


class Invitations(models.QuerySet["Invitation"]):
    """How invitations are found."""

    def open(self, now: datetime | None = None) -> "Invitations":
        """Those that are not taken back, not used up and not over."""
        return self.filter(revoked_at=None, used__lt=F("uses"), ends_at__gt=now or clock.now())

    def visible_to(self, actor: Actor) -> "Invitations":
        """One's own, those into what one may invite to."""
        from stoa.spaces.readers import tended

        found = Q(by_id=actor.person_id or 0) | Q(Q(space__isnull=False), tended(actor, INVITE))
        if actor.may("spaces.invite_to_site"):
            found |= Q(space=None)
        return self.filter(found)

    def made_as_member(self, actor: Actor) -> "Invitations":
        """Those that the actor made as any member may who is known well enough."""
        return self.filter(by_id=actor.person_id or 0, made_as=Invitation.MadeAs.MEMBER)

    def for_bearer(self, actor: Actor) -> "Invitations":
        """Open ones that are good for whoever this is: they name nobody, or them. A visitor may yet turn out to be the one, and who
        holds a code that was mailed reads that mail; who joined with one goes on with it."""
        if not actor.person_id:
            return self.open().filter(person=None)
        found = Q(person=None, email="") | _names(actor)
        if actor.address:
            joined_with = SignUp.objects.filter(person=actor.person_id).values("invitation")
            found |= Q(_is(actor.address), Q(was_mailed=True) | Q(fingerprint__in=joined_with))
        return self.open().filter(found)

    def with_code(self, code: str) -> "Invitations":
        return self.filter(fingerprint=fingerprint(code))

    def addressed_to(self, actor: Actor, now: datetime | None = None, address: str | None = None) -> "Invitations":
        """Open ones that name this person or their address. In a closed space only while their maker holds the right to invite there,
        since they give sight of it. A standing query says the moment and the address."""
        if not actor.person_id:
            return self.none()
        makers = Grant.objects.standing(now).filter(
            scope_kind="space", scope_id=OuterRef("space_id"), person_id=OuterRef("by_id"), person__standing="member"
        )
        makers = makers.alias(held=Cast("role__rights", TextField())).filter(held__contains=f'"{INVITE}"')
        is_open = Q(space=None) | Q(space__visibility__in=("public", "members"))
        return self.open(now).filter(_names(actor, address)).filter(is_open | Exists(makers))


def _names(actor: Actor, address: str | None = None) -> Q:
    """What names this person, or the address that is known to be theirs."""
    named, address = Q(person_id=actor.person_id), actor.proven if address is None else address
    return named | Q(_is(address)) if address else named


def _is(address: str) -> Exact:
    """Both sides of an address are lowered by the database."""
    return Exact(Lower("email"), Lower(Value(address)))


class Invitation(Row):
    """A way in for those who hold the code: to the community, and into `space` with `role` when one is named.

    `sealed` is the code itself, so that its maker can copy the link again; what was mailed is kept in the letter alone. `made_as`: by the
    right of the team to invite there, or by that of a member: a link that was made by the one does not live on by the other.
    """

    class MadeAs(models.TextChoices):
        TEAM = "team"
        MEMBER = "member"

    fingerprint = models.CharField(max_length=40, unique=True, editable=False)
    sealed = SealedField()
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="invitations")
    role = models.ForeignKey(Role, null=True, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    made_as = models.CharField(max_length=6, choices=MadeAs.choices, default=MadeAs.TEAM)
    was_mailed = models.BooleanField(default=False)
    uses = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True, db_index=True)

    objects = Invitations.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(used__lte=F("uses")), name="invitation_not_overused"),
            models.CheckConstraint(
                condition=~Q(made_as="member") | Q(email="", person=None), name="members_link_names_nobody"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def code(self) -> str:
        """The code, for its maker's eyes; empty when it was mailed or its key is gone."""
        try:
            return self.sealed.open().reveal() if self.sealed else ""
        except CannotOpen:
            return ""

    @property
    def left(self) -> int:
        return self.uses - self.used


class InvitationUse(Row):
    """Who came by which invitation; nobody once they have left the community, so that the count stands."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="taken")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="invitation_uses")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "person"], name="invitation_used_once_each")]

    def __str__(self) -> str:
        return self.shown_id
