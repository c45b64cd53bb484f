"""Writing the record: one entry for each act, in the act's own transaction."""

from datetime import datetime
from typing import TYPE_CHECKING

from kenes.record.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.base_user import AbstractBaseUser


def record_act(  # noqa: PLR0913 (an entry has exactly these parts)
    *,
    act: str,
    object_kind: str,
    object_id: str,
    by: "AbstractBaseUser | None",
    at: datetime,
    reason: str = "",
    detail: "Mapping[str, object] | None" = None,
    by_role: str = "",
) -> Entry:
    """Append what was done to one object. `act` is the action's name (`grant_role`).

    `detail` is plain JSON and holds no personal data: an entry is never changed or removed.
    """
    return Entry.objects.create(
        act=act,
        object_kind=object_kind,
        object_id=object_id,
        by_id=None if by is None else by.pk,
        at=at,
        reason=reason,
        detail=dict(detail or {}),
        by_role=by_role,
    )
