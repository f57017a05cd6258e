"""A space: a place in the community, with who sees it, who may come in, and how people talk there."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from stoa.base import clock
from stoa.base.actors import Actor, Scope
from stoa.base.rows import Row
from stoa.base.things import Reference
from stoa.spaces.models.heading import Heading

VISIBILITIES = ("public", "members", "private", "secret")
JOINING = ("open", "apply", "invite")
STATES = ("active", "readonly", "archived")


class Spaces(models.QuerySet["Space"]):
    """How spaces are found: which ones somebody may know of, which ones they may read."""

    def visible_to(self, actor: Actor, now: datetime | None = None, address: str | None = None) -> "Spaces":
        """Those of whose existence the actor may know: name, description, stewards and how to join."""
        from stoa.spaces.visibility import known

        return self.filter(known(actor, now, address))

    def readable_by(self, actor: Actor) -> "Spaces":
        """Those whose content the actor may read."""
        from stoa.spaces.visibility import readable

        return self.filter(readable(actor, prefix=""))

    def joined_by(self, actor: Actor) -> "Spaces":
        """Those in which the actor has a role."""
        return self.filter(id__in=[number for kind, number in actor.rights if kind == "space"])

    def named_to(self, actor: Actor) -> "Spaces":
        """Closed spaces whose names this owner has listed within the last day, after telling each of them."""
        from stoa.spaces.models.entry import BreakGlass

        listed = BreakGlass.objects.filter(person_id=actor.person_id or 0, space=None, ends_at__gt=clock.now())
        return self.filter(visibility__in=("private", "secret")) if listed.exists() else self.none()

    def living(self) -> "Spaces":
        return self.exclude(state="archived")


class Space(Row):
    """*public*: anyone reads · *members*: any member reads · *private*: members know of it, its own read · *secret*: only its own know."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)
    description = models.CharField(max_length=500, blank=True)
    visibility = models.CharField(max_length=8, default="members", choices=[(each, each) for each in VISIBILITIES])
    joining = models.CharField(max_length=6, default="open", choices=[(each, each) for each in JOINING])
    question = models.CharField(max_length=300, blank=True)
    ask_team = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default="active", choices=[(each, each) for each in STATES])
    standards = models.TextField(blank=True, max_length=5000)
    norm = models.CharField(max_length=300, blank=True)
    interests = models.JSONField(default=list, blank=True)
    heading = models.ForeignKey(Heading, null=True, blank=True, on_delete=models.SET_NULL, related_name="spaces")
    created_at = models.DateTimeField(default=clock.now)

    objects = Spaces.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=VISIBILITIES), name="space_visibility_known"),
            models.CheckConstraint(condition=Q(joining__in=JOINING), name="space_joining_known"),
            models.CheckConstraint(
                condition=~Q(visibility="secret") | Q(joining="invite"), name="secret_space_by_invitation"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Scope:
        return ("space", self.id)

    @property
    def reference(self) -> Reference:
        return ("spaces.space", self.id)

    @property
    def is_closed(self) -> bool:
        """Private or secret: the site's roles have no sight of it and no say in it."""
        return self.visibility in ("private", "secret")

    @property
    def is_open_to_bystanders(self) -> bool:
        """Whether its words may stand where somebody else reads them over a shoulder: not those of closed spaces, nor questions that
        are shown to their author alone."""
        return not self.is_closed and not self.ask_team

    @property
    def address(self) -> str:
        return f"/spaces/{self.shown_id}-{self.slug}/"


def slug_of(name: str) -> str:
    """The decorative part of an address; names without Latin letters still get one."""
    return slugify(name)[:80] or "space"
