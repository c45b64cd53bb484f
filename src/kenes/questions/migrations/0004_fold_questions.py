"""Folds the texts of the questions that are there."""

from typing import Any

from django.db import migrations

from kenes.core.folding import fold

BATCH = 500


def fold_questions(apps: Any, schema_editor: Any) -> None:
    questions = apps.get_model("questions", "Question").objects.using(schema_editor.connection.alias)
    while batch := list(questions.filter(folded="").only("pk", "code", "text").order_by("pk")[:BATCH]):
        for question in batch:
            question.folded = fold(f"{question.code} {question.text}")
        questions.bulk_update(batch, ["folded"])


class Migration(migrations.Migration):
    dependencies = [("questions", "0003_question_folded")]
    operations = [migrations.RunPython(fold_questions, migrations.RunPython.noop)]
