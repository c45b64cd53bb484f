"""`kenes serve` says plainly why it does not start."""

import socket

import pytest
from django.core.management import CommandError, call_command

from kenes.config.management.commands import serve


@pytest.mark.django_db(transaction=True)
def test_it_refuses_a_database_that_lacks_migrations() -> None:
    call_command("migrate", "notices", "zero", verbosity=0)
    try:
        with pytest.raises(CommandError) as caught:
            serve.refuse_old_database()
    finally:
        call_command("migrate", "notices", verbosity=0)
    assert str(caught.value) == (
        "The database is not up to date (migrations missing: 1). Back it up, then run: kenes migrate"
    )


@pytest.mark.django_db
def test_it_says_that_the_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "refuse_old_database", lambda: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as caught:
            call_command("serve", port=port)
    assert str(caught.value) == (
        f"Cannot listen on 127.0.0.1:{port}: Address already in use. "
        "Is another one running? Choose another port with --port."
    )
