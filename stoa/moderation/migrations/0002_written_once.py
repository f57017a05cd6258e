"""The database refuses to change what was decided: triggers on decisions, statements and decisions on appeals."""

from django.db import migrations

TABLES = ("moderation_decision", "moderation_statement", "moderation_appealdecision")
REFUSE = """
CREATE FUNCTION moderation_written_once() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'what was decided is not changed' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql
"""


def hold(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)
    for table in TABLES:
        schema_editor.execute(trigger(table, schema_editor.connection.vendor))


def trigger(table, vendor):
    if vendor == "postgresql":
        return (
            f"CREATE TRIGGER {table}_once BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION moderation_written_once()"
        )
    return (
        f"CREATE TRIGGER {table}_once BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'what was decided is not changed'); END"
    )


def release(apps, schema_editor):
    suffix = " ON {0}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_once{suffix.format(table)}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION moderation_written_once()")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]
    operations = [migrations.RunPython(hold, release)]
