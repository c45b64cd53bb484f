"""Making and removing links."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kenes.links.models import End, Link
from kenes.record.actions import record_act

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def link(source: End, target: End, *, relation: str, by: "AbstractBaseUser | None", at: datetime) -> Link:
    """Link `source` to `target`. A link that is there already is returned as it is."""
    with transaction.atomic():
        made, is_new = Link.objects.get_or_create(
            relation=relation,
            source_kind=source.kind,
            source_id=source.id,
            target_kind=target.kind,
            target_id=target.id,
            defaults={"at": at},
        )
        if is_new:
            _record("link", source, target, relation=relation, by=by, at=at)
    return made


def unlink(source: End, target: End, *, relation: str, by: "AbstractBaseUser | None", at: datetime) -> bool:
    """Remove the link and say whether there was one."""
    with transaction.atomic():
        removed, _ = Link.objects.filter(
            relation=relation,
            source_kind=source.kind,
            source_id=source.id,
            target_kind=target.kind,
            target_id=target.id,
        ).delete()
        if removed:
            _record("unlink", source, target, relation=relation, by=by, at=at)
    return bool(removed)


def _record(
    act: str, source: End, target: End, *, relation: str, by: "AbstractBaseUser | None", at: datetime
) -> None:
    record_act(
        act=act,
        object_kind=source.kind,
        object_id=source.id,
        by=by,
        at=at,
        detail={"relation": relation, "target": {"kind": target.kind, "id": target.id}},
    )
