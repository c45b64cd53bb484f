"""The instance's epoch: clients that see another one take a snapshot anew."""

import secrets
from datetime import datetime

from django.db import connections, transaction

from kenes.live.models import Epoch
from kenes.live.wake import wake_relay

BYTES = 9


def read_epoch(*, using: str) -> str:
    """Return the epoch; raises `Epoch.DoesNotExist` before the first `ensure_epoch`."""
    table = connections[using].ops.quote_name(Epoch._meta.db_table)
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT value FROM {table}")  # noqa: S608
        found = cursor.fetchone()
    if found is None:
        raise Epoch.DoesNotExist
    return str(found[0])


def ensure_epoch(*, at: datetime) -> str:
    """Return the epoch, begun now if there is none."""
    with transaction.atomic():
        begun, _ = Epoch.objects.get_or_create(pk=1, defaults={"value": new_epoch_value(), "begun_at": at})
    return begun.value


def renew_epoch(*, at: datetime) -> str:
    """Begin a new epoch: after a back-up was restored, versions that clients hold mean nothing."""
    value = new_epoch_value()
    with transaction.atomic():
        Epoch.objects.update_or_create(pk=1, defaults={"value": value, "begun_at": at})
        transaction.on_commit(wake_relay)
    return value


def new_epoch_value() -> str:
    """Return a value that no epoch had before."""
    return secrets.token_urlsafe(BYTES)
