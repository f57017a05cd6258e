"""Pages of other places that texts here link to: what the card of each says, who links to it, and hosts of which none is made."""

from typing import ClassVar, Self

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.work.rows import DueRow

LONGEST_ADDRESS = 500
LONGEST_HOST = 253
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_SITE = 150, 280, 60


class PagesElsewhere(models.QuerySet["PageElsewhere"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Visitors see the cards of what was linked to where visitors read; members all cards."""
        found = self.filter(state=PageElsewhere.State.FOUND)
        return found if actor.is_member else found.filter(is_public=True)


class PageElsewhere(DueRow):
    """One address, asked for once for the whole installation. `said` is what its page says of itself, while it was FOUND; `asked_at` the
    last time that it was asked, `expires_at` from when on another link to it asks anew; `failures` how often in a row nobody answered.
    `is_public`: whether a text that visitors read links to it. Its picture is the file that belongs to it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        FOUND = "found"
        NOTHING = "nothing"  # an answer, without anything for a card
        FAILED = "failed"  # no answer, after several tries
        DROPPED = "dropped"  # by a person: it is not asked for any more

    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    host = models.CharField(max_length=LONGEST_HOST, db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    is_public = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    description = models.CharField(max_length=LONGEST_DESCRIPTION, blank=True)
    site = models.CharField(max_length=LONGEST_SITE, blank=True)
    picture_id = models.BigIntegerField(null=True)
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[PagesElsewhere] = PagesElsewhere.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="page_elsewhere_due")]

    def __str__(self) -> str:
        return self.address

    @property
    def shown_host(self) -> str:
        """Where it leads, as people read it: said by us, whatever the page says of itself."""
        return self.host.removeprefix("www.")


class Linking(Row):
    """A text in which the address of a page stands alone on its line. It goes with the text."""

    page = models.ForeignKey(PageElsewhere, on_delete=models.CASCADE, related_name="linkings")
    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "thing_id"], name="linking_once")]

    def __str__(self) -> str:
        return f"{self.thing_key} {self.thing_id} → {self.page_id}"


class BarredHosts(models.QuerySet["BarredHost"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Staff: which places are kept away is nobody else's business."""
        return self if actor.is_staff else self.none()


class BarredHost(Row):
    """A host, with all below it, that is never asked for a card."""

    host = models.CharField(max_length=LONGEST_HOST, unique=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    objects: ClassVar[BarredHosts] = BarredHosts.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.host
