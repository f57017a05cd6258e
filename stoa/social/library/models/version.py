"""A version of an asset: a file, who brought it, when and why. Versions are only ever added."""

from django.db import models

from stoa.base import clock
from stoa.base.models.file import File
from stoa.base.rows import Row
from stoa.people.models import Person
from stoa.social.library.looks import bands


class AssetVersion(Row):
    """`looks` (64 hexadecimal digits, see `looks`) is empty where there is too little in the picture to compare it."""

    asset = models.ForeignKey("library.Asset", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    looks = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def bits(self) -> int | None:
        return int(self.looks, 16) if self.looks else None

    def own_bands(self) -> list["Band"]:
        """What it is found by; nothing when there is too little to compare."""
        return [Band(version=self, band=band) for band in bands(self.bits)] if self.bits is not None else []

    def keep_bands(self) -> None:
        Band.objects.bulk_create(self.own_bands())


class Band(Row):
    """A sixteenth of what a version looks like: by it the near ones are found among thousands."""

    version = models.ForeignKey(AssetVersion, on_delete=models.CASCADE, related_name="bands")
    band = models.IntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "band"], name="band_once")]

    def __str__(self) -> str:
        return f"{self.band:x}"
