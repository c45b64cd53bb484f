"""Cheap signs that something was committed, by whichever process."""

from collections.abc import Collection, Hashable
from typing import Protocol

from django.db import connections

from kenes.live.frames import SNAPSHOT, read_versions


class Sign(Protocol):
    """Looks at the database, in the relay's thread; equal values mean that nothing was committed."""

    def __call__(self, feed_ids: Collection[int]) -> Hashable: ...


def data_version(feed_ids: Collection[int]) -> Hashable:
    """SQLite's count of commits by others, as this connection sees it.

    It must be asked outside a transaction, on a connection that never writes: it shows neither the
    connection's own commits nor anything that came after its transaction began.
    """
    with connections[SNAPSHOT].cursor() as cursor:
        return int(cursor.execute("PRAGMA data_version").fetchone()[0])


def feed_versions(feed_ids: Collection[int]) -> Hashable:
    """The versions of the feeds themselves, for a server's database."""
    return frozenset(read_versions(feed_ids, using=SNAPSHOT).items())


def sign_of_database() -> Sign:
    """Return the sign that fits the database in use."""
    return data_version if connections[SNAPSHOT].vendor == "sqlite" else feed_versions
