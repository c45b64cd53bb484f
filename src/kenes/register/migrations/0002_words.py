"""The table of words: FTS5 on SQLite, a `tsvector` with its index on PostgreSQL."""

from django.db import migrations

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE register_words USING fts5(question, answers, tokenize = 'unicode61 remove_diacritics 0')"
    ],
    "postgresql": [
        "CREATE TABLE register_words (rowid bigint PRIMARY KEY, vector tsvector NOT NULL)",
        "CREATE INDEX register_words_vector ON register_words USING gin (vector)",
    ],
}


def make_table(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE register_words")


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(make_table, drop_table)]
