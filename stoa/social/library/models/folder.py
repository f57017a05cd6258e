"""A folder: where assets lie. One tree of at most three levels."""

from django.db import models
from django.db.models import Q

from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.social.library.seeing import may_see_library

DEEPEST = 3


class Folders(models.QuerySet["Folder"]):
    """How folders are found."""

    def visible_to(self, actor: Actor) -> "Folders":
        return self if may_see_library(actor) else self.none()


class Folder(Row):
    """`depth`: 1 at the top."""

    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="folders")
    depth = models.PositiveSmallIntegerField(default=1)

    objects = Folders.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="folder_name_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(parent=None), name="top_folder_name_once"),
            models.CheckConstraint(condition=Q(depth__gte=1, depth__lte=DEEPEST), name="folder_depth"),
        ]

    def __str__(self) -> str:
        return self.name
