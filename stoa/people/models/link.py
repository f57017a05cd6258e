"""Links on a profile, and whether the page behind one says that it is of the same person."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.work.rows import DueRow
from stoa.people.models.person import Person

MOST = 5
LONGEST_ADDRESS = 500


class ProfileLinks(models.QuerySet["ProfileLink"]):
    """How links are found."""

    def visible_to(self, actor: Actor) -> "ProfileLinks":
        """Those of people whom the actor may see."""
        return self.filter(person__in=Person.objects.visible_to(actor))

    def own(self, actor: Actor) -> "ProfileLinks":
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class ProfileLink(DueRow):
    """One address. `proven_at`: since when the page behind it links back with rel="me" (None: it does not); `failures`: how often in
    a row it was looked for and not found; `said` why, the last time."""

    class Said(models.TextChoices):
        NOTHING = ""
        NO_ANSWER = "no_answer"
        NO_PAGE = "no_page"
        ELSEWHERE = "elsewhere"
        NO_LINK = "no_link"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    address = models.CharField(max_length=LONGEST_ADDRESS)
    at = models.DateTimeField(default=clock.now)
    proven_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=9, blank=True, choices=Said.choices)

    objects = ProfileLinks.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="profile_link_once")]
        indexes = [models.Index(fields=["due_at"], name="profile_link_due")]

    def __str__(self) -> str:
        return self.address

    @property
    def shown(self) -> str:
        """The address as people read it."""
        return self.address.partition("://")[2].removeprefix("www.").rstrip("/")
