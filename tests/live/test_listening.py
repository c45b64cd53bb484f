"""Listening for commits is PostgreSQL's; on SQLite the relay looks."""

from kenes.live.listening import listener_of_database


def test_sqlite_has_nothing_to_listen_to() -> None:
    assert listener_of_database(lambda: None) is None
