"""Files that people brought: one row each, the bytes in the storage under their own digest."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row


class File(Row):
    """A file, its owner and the thing that it belongs to. Equal bytes are stored once; every row has its own owner and thing.

    `digest` and `thumb` are SHA-256 of the stored bytes (`thumb` is empty for what is neither picture nor video), `size` is in
    bytes (a picture's with its thumb's). `seconds`: how long a video is.
    """

    owner_id = models.BigIntegerField(null=True, db_index=True)
    thing_key = models.CharField(max_length=40, blank=True)
    thing_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, db_index=True)
    thumb = models.CharField(max_length=64, blank=True, db_index=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    seconds = models.FloatField(null=True)
    name = models.CharField(max_length=120, blank=True)
    alt = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["thing_key", "thing_id"], name="file_thing")]

    def __str__(self) -> str:
        return f"file {self.shown_id}"

    @property
    def is_picture(self) -> bool:
        return bool(self.thumb) and not self.is_video

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")

    @property
    def length(self) -> str:
        """How long a video is, as clocks show it: 1:05, 1:02:07."""
        minutes, seconds = divmod(round(self.seconds or 0), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    @property
    def is_attached(self) -> bool:
        return bool(self.thing_key)

    @property
    def address(self) -> str:
        """Where it is fetched, by those who may."""
        return f"/files/{self.shown_id}"

    @property
    def thumb_address(self) -> str:
        return f"{self.address}?size=thumb"
