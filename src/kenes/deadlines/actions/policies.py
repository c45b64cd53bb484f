"""The policies Kenes ships are loaded here, by key and first day."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kenes.deadlines.models import DeadlinePolicy
from kenes.deadlines.shipped import shipped_policies
from kenes.record.actions import record_act


@transaction.atomic
def load_deadline_policies(*, by: AbstractBaseUser | None, at: datetime) -> int:
    """Bring the shipped policies up to date; return how many editions were added or changed."""
    changed = 0
    for row in shipped_policies():
        found = DeadlinePolicy.objects.filter(key=row["key"], valid_from=row["valid_from"])
        if found.filter(**row).exists():
            continue
        changed += 1
        DeadlinePolicy.objects.update_or_create(key=row["key"], valid_from=row["valid_from"], defaults=row)
    if changed:
        record_act(
            act="load_deadline_policies",
            object_kind="policies",
            object_id="shipped",
            by=by,
            at=at,
            detail={"changed": changed},
        )
    return changed
