"""Where an asset of the library is used: one row for each post that shows it."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.social.library.models import Asset
from stoa.social.publish.models.post import Post


class AssetUse(Row):
    """`number`: which version was taken. While this row stands, the asset cannot be deleted."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="asset_uses")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="uses")
    number = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "asset"], name="asset_used_once")]

    def __str__(self) -> str:
        return f"{self.asset_id} in {self.post_id}"
