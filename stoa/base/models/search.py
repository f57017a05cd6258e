"""The search index: one row for each thing that can be found, and who may find it. Its folded words lie in a table of their own."""

from django.db import models

from stoa.base.rows import Row


class Audience(models.IntegerChoices):
    """Who may find a document."""

    PUBLIC = 1, "public"  # anyone
    MEMBERS = 2, "members"  # any member
    SCOPE = 3, "scope"  # whoever reads in `scope`
    PERSON = 4, "person"  # the person `only_for`, and whoever reads all of `scope`


class SearchDocument(Row):
    """A thing as search shows it. `title` and `body` are plain text, as last seen by everyone in its audience."""

    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    audience = models.PositiveSmallIntegerField(choices=Audience.choices)
    scope = models.BigIntegerField(default=0)
    only_for = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing_key", "thing_id"], name="search_document_once"),
            models.CheckConstraint(
                condition=~models.Q(audience=Audience.PERSON) | models.Q(only_for__isnull=False), name="search_for_whom"
            ),
        ]
        indexes = [models.Index(fields=["scope"], name="search_document_scope")]

    def __str__(self) -> str:
        return f"{self.thing_key} {self.thing_id}"
