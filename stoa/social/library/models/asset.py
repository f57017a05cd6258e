"""An asset: one picture that we may publish, as it is now, with all that must be known of it."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.models.file import File
from stoa.base.rows import Row
from stoa.people.models import Person
from stoa.social.library import licences
from stoa.social.library.fitting import CENTRE, PLACES
from stoa.social.library.licences import Licence, licence_of
from stoa.social.library.models.folder import Folder
from stoa.social.library.models.version import AssetVersion
from stoa.social.library.seeing import may_see_library
from stoa.social.library.shapes import SHAPES


class Assets(models.QuerySet["Asset"]):
    """How assets are found."""

    def visible_to(self, actor: Actor) -> "Assets":
        return self if may_see_library(actor) else self.none()

    def with_file(self) -> "Assets":
        return self.select_related("current__file")


class Asset(Row):
    """`current` is its newest version. `words` is what a search looks through, folded. `focal`: what must stay when it is cut, as one of
    nine places. `alt` empty: nobody has described it yet. `by`: who brought it (None: somebody who has left)."""

    title = models.CharField(max_length=120)
    alt = models.CharField(max_length=2000, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=12, default="unknown", choices=[(key, key) for key in licences.KEYS])
    licence_note = models.CharField(max_length=300, blank=True)
    folder = models.ForeignKey(Folder, null=True, blank=True, on_delete=models.PROTECT, related_name="assets")
    focal = models.CharField(max_length=2, default=CENTRE, choices=[(place, place) for place in PLACES])
    shape = models.CharField(max_length=6, choices=[(shape, shape) for shape in SHAPES])
    words = models.TextField(blank=True)
    current = models.OneToOneField(AssetVersion, on_delete=models.DO_NOTHING, related_name="current_of")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = Assets.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(licence__in=licences.KEYS), name="asset_licence_known"),
            models.CheckConstraint(condition=Q(focal__in=PLACES), name="asset_focal_known"),
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="asset_at"),
            models.Index(fields=["folder", "at"], name="asset_folder"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file(self) -> File:
        return self.current.file

    @property
    def terms(self) -> Licence:
        return licence_of(self.licence)

    @property
    def credit_line(self) -> str:
        """What a post that shows it must say; empty where the licence asks for no credit."""
        return f"{self.credit} ({self.terms.mark})" if self.terms.credited else ""


class AssetTag(Row):
    """One word that an asset is found by."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="tags")
    tag = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "tag"], name="asset_tag_once")]
        indexes = [models.Index(fields=["tag"], name="asset_tag")]
        ordering = ["tag"]

    def __str__(self) -> str:
        return self.tag
