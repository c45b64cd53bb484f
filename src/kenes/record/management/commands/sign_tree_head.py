"""`kenes sign-tree-head`: signs the log as it is now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kenes.record.actions import sign_tree_head
from kenes.record.signing import fingerprint


class Command(BaseCommand):
    help = "Give waiting leaves their index and sign a tree head now; the worker does it by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        head = sign_tree_head(at=timezone.now())
        self.stdout.write(f"{head.size} leaves, root {head.root}, key {fingerprint(head.public_key)}")
