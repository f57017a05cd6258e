"""The search index: one row for each thing that can be found, and who may find it. Its folded words lie in a table of their own; the
words that people may have meant, when they typed one wrong, in two more."""

from django.db import models

from stoa.base.rows import Row


class Audience(models.IntegerChoices):
    """Who may find a document."""

    PUBLIC = 1, "public"  # anyone
    MEMBERS = 2, "members"  # any member
    SCOPE = 3, "scope"  # whoever reads in `scope`
    PERSON = 4, "person"  # the person `only_for`, and whoever reads all of `scope`


class SearchDocument(Row):
    """A thing as search shows it. `title` and `body` are plain text, as last seen by everyone in its audience; `facets` the words by
    which it can be narrowed, with a blank around each."""

    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    facets = models.TextField(blank=True, default="")
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
        indexes = [
            models.Index(fields=["scope"], name="search_document_scope"),
            models.Index(fields=["-at", "-id"], name="search_document_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.thing_key} {self.thing_id}"


class SearchWord(Row):
    """A folded word of some document. `held`: in how many of them, as last counted."""

    word = models.CharField(max_length=24, unique=True)
    held = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.word


class SearchTrigram(Row):
    """Three letters in a row of a word, with blanks before and after it: words that share some are spelled alike."""

    trigram = models.CharField(max_length=3, db_index=True)
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="trigrams")

    def __str__(self) -> str:
        return self.trigram
