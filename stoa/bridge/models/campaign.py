"""The campaign: an effort with a goal; its placements: the tracked links that belong to it."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.bridge.days import shown_day
from stoa.people.models import Person
from stoa.social.publish.models import Link

SEEN_WITH = "bridge.campaigns"


class Campaigns(models.QuerySet["Campaign"]):
    """How campaigns are found."""

    def visible_to(self, actor: Actor) -> "Campaigns":
        return self if actor.is_system or actor.may(SEEN_WITH) else self.none()


class Campaign(Row):
    """`goal` is a sentence, `joins_wanted` its number; `words` stand above the form where those who come through its links join.
    The window is half-open: [starts_at, ends_at)."""

    name = models.CharField(max_length=120)
    goal = models.CharField(max_length=300)
    joins_wanted = models.PositiveIntegerField(null=True)
    words = models.CharField(max_length=600, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = Campaigns.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="campaign_ends_after_start")
        ]
        indexes = [models.Index(fields=["-starts_at", "-id"], name="campaign_latest")]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> str:
        """The day until whose end it runs, as people read it."""
        return shown_day(self.ends_at)

    @property
    def address(self) -> str:
        return f"/desk/campaigns/{self.shown_id}/"


class Placement(Row):
    """One link of a campaign. Its post and its channel are those of the link's delivery; made by hand, it says where it hangs."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="placements")
    link = models.OneToOneField(Link, on_delete=models.CASCADE, related_name="placement")
    label = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.link_id}"


def visible_campaigns(actor: Actor, numbers: Collection[int]) -> Campaigns:
    return Campaign.objects.visible_to(actor).filter(id__in=numbers)
