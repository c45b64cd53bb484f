"""`kenes log-earlier-questions`: adds what was asked before the log existed to it."""

from typing import Any

from django.core.management.base import BaseCommand

from kenes.questions.actions import log_earlier_questions


class Command(BaseCommand):
    help = "Add to the record's log the questions and answers of before it existed; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        added = log_earlier_questions()
        self.stdout.write(f"{added} added")
