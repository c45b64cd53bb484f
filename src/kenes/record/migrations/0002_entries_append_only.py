"""Triggers that refuse to change or remove an entry; only its actor may become null (a person erased).

A migration that makes SQLite remake the table must put them back: their tests try each column.
"""

from django.db import migrations

COLUMNS = ("id", "at", "act", "object_kind", "object_id", "by_role", "reason", "detail")
SAME = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in COLUMNS)
TEXT = "record_entry is append-only"

INSTALL = {
    "sqlite": [
        f"""
        CREATE TRIGGER record_entry_no_update BEFORE UPDATE ON record_entry
        WHEN NOT (NEW.by_id IS NULL AND {SAME})
        BEGIN SELECT RAISE(ABORT, '{TEXT}'); END
        """,
        f"""
        CREATE TRIGGER record_entry_no_delete BEFORE DELETE ON record_entry
        BEGIN SELECT RAISE(ABORT, '{TEXT}'); END
        """,
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION record_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF NEW.by_id IS NULL AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '{TEXT}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """
        CREATE TRIGGER record_entry_no_change BEFORE UPDATE OR DELETE ON record_entry
        FOR EACH ROW EXECUTE FUNCTION record_entry_append_only()
        """,
        """
        CREATE TRIGGER record_entry_no_truncate BEFORE TRUNCATE ON record_entry
        FOR EACH STATEMENT EXECUTE FUNCTION record_entry_append_only()
        """,
    ],
}
REMOVE = {
    "sqlite": ["DROP TRIGGER record_entry_no_update", "DROP TRIGGER record_entry_no_delete"],
    "postgresql": [
        "DROP TRIGGER record_entry_no_truncate ON record_entry",
        "DROP TRIGGER record_entry_no_change ON record_entry",
        "DROP FUNCTION record_entry_append_only()",
    ],
}


def install_triggers(apps, schema_editor):
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove_triggers(apps, schema_editor):
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("record", "0001_initial")]

    operations = [migrations.RunPython(install_triggers, remove_triggers)]
