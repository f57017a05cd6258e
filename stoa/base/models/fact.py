"""The fact log: append-only rows of what happened, written with the change itself."""

from django.db import models

from stoa.base.rows import Row


class FactRow(Row):
    """One fact: name, version and frozen JSON of ids, enums, numbers and instants; never authored text, names or addresses.

    `about_key`, `about_id` name the thing whose page would want to know, `by_id` the person who did it (a plain id: the room
    that owns people answers for it on export and erasure).
    """

    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True, db_index=True)
    about_key = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["about_key", "about_id", "id"], name="fact_about"),
            models.Index(fields=["name", "id"], name="fact_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.shown_id}"
