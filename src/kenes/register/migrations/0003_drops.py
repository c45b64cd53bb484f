"""Words are dropped by the act that takes them from a text, no longer passed over by each search."""

from django.db import migrations, models

# Texts edited since they were read: the worker reads them next.
DROP_STALE = """
DELETE FROM register_words WHERE rowid IN (
    SELECT question_id FROM register_entry JOIN questions_question ON questions_question.id = question_id
    WHERE coalesce(register_entry.edited_at, '1970-01-01') <> coalesce(questions_question.edited_at, '1970-01-01')
)
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0002_words"), ("questions", "0008_indexes_of_lists_and_figures")]
    operations = [
        migrations.RunSQL(DROP_STALE, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="entry", name="edited_at"),
        migrations.AddField(
            model_name="readfeed", name="drops", field=models.PositiveIntegerField(default=0)
        ),
    ]
