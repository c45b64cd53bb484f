"""The backend Django loads by the name `kenes.live.sqlite`."""

from django.db.backends.sqlite3.base import DatabaseWrapper

__all__ = ["DatabaseWrapper"]
