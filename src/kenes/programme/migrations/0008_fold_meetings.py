"""Folds the titles of the meetings that are there."""

from typing import Any

from django.db import migrations

from kenes.core.folding import fold

LANGUAGES = ("kk", "ru", "en")
BATCH = 200


def fold_meetings(apps: Any, schema_editor: Any) -> None:
    meetings = apps.get_model("programme", "Meeting").objects.using(schema_editor.connection.alias)
    batch = []
    for meeting in meetings.filter(folded="").iterator(chunk_size=BATCH):
        titles = (getattr(meeting, f"title_{language}") or "" for language in LANGUAGES)
        meeting.folded = fold(" ".join((meeting.code, *titles)))
        batch.append(meeting)
    meetings.bulk_update(batch, ["folded"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("programme", "0007_meeting_folded")]
    operations = [migrations.RunPython(fold_meetings, migrations.RunPython.noop)]
