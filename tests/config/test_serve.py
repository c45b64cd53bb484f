"""`kenes serve` says plainly why it does not start."""

import os
import socket

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

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
        "The database is not up to date (migrations missing: 2). Back it up, then run: kenes migrate"
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


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),
        ("[::1]", "http://[::1]:8123"),
        ("kenes.example.org", "http://kenes.example.org:8123"),
    ],
)
def test_links_lead_to_the_address_listened_on_where_none_is_set(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, host: str, url: str
) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    monkeypatch.setenv("KENES_PUBLIC_URL", "")
    serve.take_public_url(host, 8123)
    assert (settings.PUBLIC_URL, os.environ["KENES_PUBLIC_URL"]) == (url, url)
