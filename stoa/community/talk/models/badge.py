"""The badge: that somebody helped others, with what it was for. No points, no rank; earned by what happened, or given by hand."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.things import Reference
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.visibility import readable

GIVEN = "given."
GIVE = "talk.give_badge"
LONGEST_NAME, LONGEST_WORDS = 60, 300
ALL = ""  # in `BadgeHidden.key`


class Badges(models.QuerySet["Badge"]):
    """How badges are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own; of people whom the actor sees those that they do not hide, where the actor sees the space of all that they are for:
        whoever sees a badge may see what for, and nobody else learns that there is one."""
        unseen = BadgeEvidence.objects.filter(badge=OuterRef("pk")).exclude(
            Q(space=None) | readable(actor, "space", author="badge__person")
        )
        hidden = BadgeHidden.objects.filter(person=OuterRef("person")).filter(Q(key=ALL) | Q(key=OuterRef("key")))
        shown = Q(person__in=Person.objects.visible_to(actor).values("id"))
        others = shown & ~Exists(unseen) & ~Exists(hidden) & (Q(space=None) | readable(actor, "space"))
        return self.filter(others | Q(person=actor.person_id or 0))

    def earned(self) -> Self:
        return self.exclude(key__startswith=GIVEN)

    def given(self) -> Self:
        return self.filter(key__startswith=GIVEN)


class Badge(Row):
    """`key` says which; one that was given has a key of its own, with `name` and `words` of whoever gave it, in `space` or for the whole
    place. `sphere`: the closed space in which it was earned, 0 for all that every member may read: what happened in a closed space counts
    there alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="badges")
    key = models.CharField(max_length=40)
    sphere = models.BigIntegerField(default=0)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="+")
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Badges] = Badges.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key", "sphere"], name="badge_once")]
        indexes = [models.Index(fields=["key", "-at", "-id"], name="badge_list")]

    def __str__(self) -> str:
        return f"{self.key} {self.person_id}"

    @property
    def is_given(self) -> bool:
        return self.key.startswith(GIVEN)

    def get_absolute_url(self) -> str:
        return f"{self.person.address}#badges"


class BadgeEvidence(Row):
    """One thing that a badge is for, in its space."""

    badge = models.ForeignKey(Badge, on_delete=models.CASCADE, related_name="evidence")
    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["badge", "thing_key", "thing_id"], name="badge_evidence_once")]
        indexes = [models.Index(fields=["thing_key", "thing_id"], name="badge_evidence_thing")]

    def __str__(self) -> str:
        return f"{self.thing_key} {self.thing_id}"

    @property
    def reference(self) -> Reference:
        return (self.thing_key, self.thing_id)


class BadgeHidden(Row):
    """A badge that its holder shows to nobody; all of them where no key is named. It outlives the badge, so that one that comes again
    stays hidden."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="badge_hidden_once")]

    def __str__(self) -> str:
        return f"{self.key or 'all'} of {self.person_id}"


def visible_badges(actor: Actor, ids: Collection[int]) -> Badges:
    return Badge.objects.visible_to(actor).filter(id__in=ids).select_related("person")
