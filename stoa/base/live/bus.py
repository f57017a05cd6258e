"""The bus says "look": on PostgreSQL by NOTIFY with the commit; SQLite's readers watch `data_version` instead."""

from django.db import connection

CHANNEL = "stoa_look"


def look_after_commit() -> None:
    """Inside a transaction: whoever listens is told to look once it has committed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
