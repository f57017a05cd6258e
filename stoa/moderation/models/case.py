"""The case: one for all open reports of one thing where it stands, with a frozen copy; moved into a closed space, it has another there."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import SITE, Actor, Standing
from stoa.base.rows import Row
from stoa.moderation.models.guideline import Clause
from stoa.people.models import Identity, Person
from stoa.spaces.models import Space

DECIDE = "moderation.decide"
STATES = ("open", "decided")
GRAVE = 4  # harm from which on a report cannot wait


def tended_whole(actor: Actor) -> Q:
    """The condition on cases that one looks after with all their reports: of spaces where one moderates by a grant there; for the
    site's moderators those of no space and of open spaces, but for what was reported while a space was closed."""
    found = Q(space_id__in=actor.scope_ids("space", DECIDE))
    if actor.holds(DECIDE, SITE):
        found |= Q(space=None) | Q(from_closed=False, space__visibility__in=("public", "members"))
    return found


class Cases(models.QuerySet["Case"]):
    """How cases are found."""

    def visible_to(self, actor: Actor) -> "Cases":
        """Those that one looks after: of the spaces where one moderates, of no space and escalated ones for the site's moderators.
        Nobody sees the case about their own words here: who reported them is not theirs to know."""
        if actor.standing is not Standing.MEMBER:
            return self.none()
        found = tended_whole(actor)
        if actor.holds(DECIDE, SITE):
            found |= Q(escalated_at__isnull=False)
        return self.filter(found).exclude(author_id=actor.person_id)

    def open(self) -> "Cases":
        return self.filter(state="open")


class Case(Row):
    """What is judged: the thing by reference, its copy as it stood when first reported, and how much is at stake.

    `from_closed`: reported in a private or secret space; so it stays for that space's moderators when the space opens."""

    subject_key = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    space = models.ForeignKey(Space, null=True, on_delete=models.PROTECT, related_name="cases")
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="cases")
    identity = models.ForeignKey(Identity, null=True, on_delete=models.SET_NULL, related_name="cases")
    state = models.CharField(max_length=8, default="open", choices=[(each, each) for each in STATES])
    harm = models.PositiveSmallIntegerField(default=2)
    opened_at = models.DateTimeField(default=clock.now)
    from_closed = models.BooleanField(default=False)
    escalated_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True)

    objects = Cases.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_key", "subject_id", "space", "from_closed"],
                condition=Q(state="open"),
                name="one_open_case",
            ),
            models.UniqueConstraint(
                fields=["subject_key", "subject_id"],
                condition=Q(state="open", space=None),
                name="one_open_case_of_no_space",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opened_at", "id"], name="case_queue"),
            models.Index(fields=["author", "-id"], name="case_author"),
        ]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def address(self) -> str:
        return f"/desk/moderation/{self.shown_id}/"

    @property
    def hours(self) -> float:
        """How long it has waited, or waited until now."""
        return (clock.now() - self.opened_at).total_seconds() / 3600

    @property
    def weight(self) -> float:
        """How much its waiting hurts: harm × hours."""
        return self.harm * self.hours


class Reports(models.QuerySet["Report"]):
    """How reports are found."""

    def visible_to(self, actor: Actor) -> "Reports":
        """One's own: moderators read reports through their case."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()

    def told_to(self, actor: Actor) -> "Reports":
        """What a moderator reads of the cases that they see: all of those that they look after as a whole; of an escalated one else
        the reports whose own reporters passed them on."""
        whole = Case.objects.filter(tended_whole(actor))
        return self.filter(Q(case__in=whole) | Q(passed_on_at__isnull=False))


class Report(Row):
    """A member says that something is not all right, by which clause, and why. `passed_on_at`: its reporter asked the site's moderators."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=clock.now)
    passed_on_at = models.DateTimeField(null=True)

    objects = Reports.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="one_report_each")]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def address(self) -> str:
        return f"/reports/#report-{self.shown_id}"
