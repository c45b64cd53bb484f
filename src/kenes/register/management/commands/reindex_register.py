"""`kenes reindex-register`: reads every question and answer anew for the register's search."""

from typing import Any

from django.core.management.base import BaseCommand

from kenes.register.actions import forget_index
from kenes.register.tasks import keep_register


class Command(BaseCommand):
    help = "Read every question and answer anew for the register's search; the site may run meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        forget_index()
        self.stdout.write(f"Questions read: {keep_register()}")
