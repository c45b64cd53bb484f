"""Backing up and restoring a whole instance, while its rooms go on.

    archive     the file: a tar of a manifest, the database and the uploads
    sqlite      copying the database out and switching it in, by SQLite's own means
    postgresql  the same by pg_dump, pg_restore and psql
    keeping     the two procedures

The instance's secret key is never in a back-up: it is kept apart.
Decision: docs/decisions/0005-restoring-under-open-rooms.md.
"""
