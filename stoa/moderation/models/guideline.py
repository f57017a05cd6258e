"""The guidelines: versions of numbered clauses, the norms beside them, and who accepted which version."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.standing_queries import first, standing
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.visibility import readable

EDIT = "moderation.edit_guidelines"


class GuidelineVersions(models.QuerySet["GuidelineVersion"]):
    """How versions are found."""

    def visible_to(self, actor: Actor) -> "GuidelineVersions":
        """Everybody reads what was ever in force; the draft is for those who may change it."""
        return self if actor.may(EDIT) else self.published()

    def published(self) -> "GuidelineVersions":
        return self.filter(published_at__isnull=False)

    def current(self) -> "GuidelineVersion | None":
        """The version in force."""
        return self.published().order_by("-number").first()

    def draft(self) -> "GuidelineVersion | None":
        return self.filter(published_at=None).first()


class GuidelineVersion(Row):
    """One version of the guidelines: a draft until published, afterwards never changed. A draft has the next number, so there is one."""

    number = models.PositiveIntegerField(unique=True)
    summary = models.CharField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by_id = models.BigIntegerField(null=True, db_index=True)

    objects = GuidelineVersions.as_manager()

    def __str__(self) -> str:
        return f"v{self.number}"


class Clauses(models.QuerySet["Clause"]):
    """How clauses are found."""

    def visible_to(self, actor: Actor) -> "Clauses":
        return self.filter(version__in=GuidelineVersion.objects.visible_to(actor))

    def in_force(self) -> "Clauses":
        """Those of the current version, by number."""
        newest = GuidelineVersion.objects.published().order_by("-number").values("id")[:1]
        return self.filter(version__in=newest).order_by("part", "item")


class Clause(Row):
    """Guideline `number` ("2.1") of one version: `title` names its part, `why` says what it is for, `harm` (1 to 5) what is at stake.

    `translations`: language → {"title", "text", "why"}.
    """

    version = models.ForeignKey(GuidelineVersion, on_delete=models.CASCADE, related_name="clauses")
    part = models.PositiveSmallIntegerField()
    item = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=2000)
    why = models.TextField(max_length=1000, blank=True)
    harm = models.PositiveSmallIntegerField(default=2)
    translations = models.JSONField(default=dict, blank=True)

    objects = Clauses.as_manager()

    class Meta:
        ordering = ["part", "item"]
        constraints = [
            models.UniqueConstraint(fields=["version", "part", "item"], name="clause_number_once"),
            models.CheckConstraint(condition=Q(harm__range=(1, 5)), name="clause_harm_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.part}.{self.item}"

    def said(self, field: str, language: str) -> str:
        """A field in a language, else as it was first written."""
        return str(self.translations.get(language, {}).get(field) or getattr(self, field))


class Norms(models.QuerySet["Norm"]):
    """How norms are found."""

    def visible_to(self, actor: Actor) -> "Norms":
        """The site's, and those of spaces that one reads."""
        return self.filter(Q(space=None) | readable(actor))

    def holding(self) -> "Norms":
        return self.filter(retired_at=None).order_by("order", "id")


class Norm(Row):
    """How we talk here, with an example; of one space, or of all. `translations`: language → {"text", "example"}."""

    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="norms")
    text = models.CharField(max_length=300)
    example = models.CharField(max_length=600)
    order = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    translations = models.JSONField(default=dict, blank=True)

    objects = Norms.as_manager()

    def __str__(self) -> str:
        return self.text

    def said(self, field: str, language: str) -> str:
        """A field in a language, else as it was first written."""
        return str(self.translations.get(language, {}).get(field) or getattr(self, field))


class Acceptance(Row):
    """Somebody accepted a version."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acceptances")
    version = models.ForeignKey(GuidelineVersion, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="acceptance_once")]

    def __str__(self) -> str:
        return self.shown_id


def version_in_force() -> GuidelineVersion | None:
    """What `current` finds, for pages that are asked for often. One query."""
    return first(standing(in_force))


def in_force() -> models.QuerySet[GuidelineVersion]:
    return GuidelineVersion.objects.published().order_by("-number")[:1]


def version_to_accept(person_id: int | None) -> GuidelineVersion | None:
    """The version in force, when this person has not accepted it yet. One query."""
    if person_id is None:
        return None
    return first(standing(not_accepted, person_id=person_id))


def not_accepted(person_id: int) -> models.QuerySet[GuidelineVersion]:
    accepted = Acceptance.objects.filter(version=OuterRef("pk"), person_id=person_id)
    newest = GuidelineVersion.objects.published().order_by("-number")[:1]
    return GuidelineVersion.objects.filter(~Exists(accepted), id__in=newest.values("id")).order_by("id")[:1]
