"""The table of folded words for search. It is no model's, so it stands before the models' migration and never changes with them."""

from typing import Any

from django.db import migrations

SQLITE = "CREATE VIRTUAL TABLE base_search_words USING fts5(title, body, tokenize = 'ascii', prefix = '2 3')"
POSTGRES = [
    "CREATE TABLE base_search_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX base_search_words_found ON base_search_words USING gin (words)",
]


def make(apps: Any, editor: Any) -> None:
    for statement in [SQLITE] if editor.connection.vendor == "sqlite" else POSTGRES:
        editor.execute(statement)


def drop(apps: Any, editor: Any) -> None:
    editor.execute("DROP TABLE base_search_words")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(make, drop)]
