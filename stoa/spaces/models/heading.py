"""A heading: spaces that belong together stand under it, one level deep. It holds no right and opens nothing."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from stoa.base.actors import Actor
from stoa.base.rows import Row

LONGEST = 60


class Headings(models.QuerySet["Heading"]):
    """How headings are found."""

    def visible_to(self, actor: Actor) -> "Headings":
        """Those under which a living space stands that the actor may know of: one above secret spaces alone is a secret too. Who arranges
        spaces sees those under which nothing stands, besides."""
        from stoa.spaces.models.space import Space

        under = Space.objects.living().filter(heading=OuterRef("pk"))
        found = Q(Exists(under.filter(id__in=Space.objects.visible_to(actor).values("id"))))
        return self.filter(found | ~Q(Exists(under)) if actor.may("spaces.arrange") else found)

    def in_order(self) -> "Headings":
        return self.order_by("place", "id")


class Heading(Row):
    """A title, and its place among the others."""

    title = models.CharField(max_length=LONGEST)
    place = models.PositiveSmallIntegerField(default=0)

    objects = Headings.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """Where it stands in the list of spaces."""
        return f"/spaces/#heading-{self.shown_id}"
