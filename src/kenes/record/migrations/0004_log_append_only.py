"""Triggers that refuse to change or remove a leaf or a tree head; only a leaf's index may be given, once.

A migration that makes SQLite remake a table must put them back: their tests try each column.
"""

from django.db import migrations

LEAF = ("id", "kind", "object_kind", "object_id", "at", "body", "digest")
SAME = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in LEAF)
TEXT = "the log is append-only"
TABLES = ("record_leaf", "record_treehead")

INSTALL = {
    "sqlite": [
        f"""
        CREATE TRIGGER record_leaf_no_update BEFORE UPDATE ON record_leaf
        WHEN NOT (OLD."index" IS NULL AND {SAME})
        BEGIN SELECT RAISE(ABORT, '{TEXT}'); END
        """,
        f"""
        CREATE TRIGGER record_treehead_no_update BEFORE UPDATE ON record_treehead
        BEGIN SELECT RAISE(ABORT, '{TEXT}'); END
        """,
        *(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{TEXT}'); END"
            for table in TABLES
        ),
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION record_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'record_leaf' THEN
                IF to_jsonb(OLD) ->> 'index' IS NULL
                   AND to_jsonb(NEW) - 'index' = to_jsonb(OLD) - 'index' THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '{TEXT}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        *(
            f"""
            CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION record_log_append_only()
            """
            for table in TABLES
        ),
        *(
            f"""
            CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION record_log_append_only()
            """
            for table in TABLES
        ),
    ],
}
REMOVE = {
    "sqlite": [f"DROP TRIGGER {table}_no_{what}" for table in TABLES for what in ("update", "delete")],
    "postgresql": [
        *(f"DROP TRIGGER {table}_no_{what} ON {table}" for table in TABLES for what in ("truncate", "change")),
        "DROP FUNCTION record_log_append_only()",
    ],
}


def install_triggers(apps, schema_editor):
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove_triggers(apps, schema_editor):
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("record", "0003_transparency_log")]

    operations = [migrations.RunPython(install_triggers, remove_triggers)]
