"""A use: one delivery that carries a member's words under a usage right."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.bridge.models.right import UsageRight
from stoa.social.publish.models import Delivery

PLANNED, LIVE, HELD = "planned", "live", "held"
TAKING_DOWN, DOWN, STANDS = "taking_down", "down", "stands"
STATES = (PLANNED, LIVE, HELD, TAKING_DOWN, DOWN, STANDS)
ENDED = (HELD, DOWN)


class Uses(models.QuerySet["Use"]):
    """How uses are found."""

    def visible_to(self, actor: Actor) -> "Uses":
        return self.filter(right__in=UsageRight.objects.visible_to(actor))

    def with_all(self) -> "Uses":
        return self.select_related("delivery__channel", "delivery__post", "right")


class Use(Row):
    """`state`: planned; live on the network; held (never went out); being taken down; down, as the network confirmed; or stands: the
    network kept it, or nobody can tell. The network's own words stand on the delivery, with its ids, until it has answered."""

    right = models.ForeignKey(UsageRight, on_delete=models.PROTECT, related_name="uses")
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="use")
    state = models.CharField(max_length=11, default=PLANNED, choices=[(each, each) for each in STATES])
    planned_at = models.DateTimeField(default=clock.now)
    live_at = models.DateTimeField(null=True)
    asked_down_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = Uses.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="use_state_known")]
        indexes = [models.Index(fields=["right", "-id"], name="use_right")]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"

    @property
    def answer(self) -> str:
        """What the network said when it was asked to take it down."""
        return self.delivery.takedown_answer

    @property
    def address(self) -> str:
        """Where it stands on the network."""
        return self.delivery.address
