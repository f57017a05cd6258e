"""A sign-in at a network that somebody has begun, and what our application is to a network: both sealed."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.crypto import SealedField
from stoa.base.rows import Row


class SignIns(models.QuerySet["SigningIn"]):
    """How sign-ins are found."""

    def visible_to(self, actor: Actor) -> "SignIns":
        """One's own, and nobody else's."""
        return self.filter(by_id=actor.person_id) if actor.person_id else self.none()

    def open(self, session: str) -> "SignIns":
        """Those of this session that wait for a choice."""
        return self.filter(session=session, until__gt=clock.now(), offered__isnull=False)


class SigningIn(Row):
    """One leaving and one return, for minutes. `state` and `session` are hashes; `kept` is what the return needs, `offered` the accounts
    that were opened, where the person is to choose."""

    network = models.CharField(max_length=21)
    state = models.CharField(max_length=64, unique=True)
    session = models.CharField(max_length=64)
    by_id = models.BigIntegerField(db_index=True)
    began_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    kept = SealedField()
    offered = SealedField()

    objects = SignIns.as_manager()

    def __str__(self) -> str:
        return f"{self.network} {self.began_at}"


class Application(Row):
    """What the organisation's application is called at a network (`place` empty), or at one server of it. Sealed as a whole."""

    network = models.CharField(max_length=21)
    place = models.CharField(max_length=200, blank=True)
    sealed = SealedField()
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "place"], name="application_once")]

    def __str__(self) -> str:
        return f"{self.network} {self.place}"
