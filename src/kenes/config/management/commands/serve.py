"""`kenes serve`: the site in one process, with its worker as a child."""

import os
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from kenes.config.data_folder import use_data_folder
from kenes.deadlines.actions import provide_deadlines


class Command(BaseCommand):
    help = "Serve the site: pages, rooms, and the worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000; 0: any free)")
        parser.add_argument("--no-worker", action="store_true", help="start no worker")

    def handle(self, *args: Any, **options: Any) -> None:
        from kenes.config.server import Server, listen, raise_open_files
        from kenes.config.site import build_site

        use_data_folder()
        refuse_old_database()
        provide_for_a_new_instance()
        raise_open_files()
        try:
            listener = listen(options["bind"], options["port"])
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {options['bind']}:{options['port']}: {error.strerror}. "
                "Is another one running? Choose another port with --port."
            ) from None
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        if not settings.IS_PUBLIC_URL_SET:
            take_public_url(shown, port)
        server = Server(build_site(with_worker=not options["no_worker"]), listener)
        self.stdout.write(f"Kenes is at http://{shown}:{port}/ (Ctrl-C stops it)")
        self.stdout.flush()
        with suppress(KeyboardInterrupt):  # uvicorn raises it again when everything has stopped
            server.serve_until_stopped()


def take_public_url(host: str, port: int) -> None:
    """Let links and QR codes lead to the address listened on; the worker's too, by its environment."""
    reachable = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104
    settings.PUBLIC_URL = os.environ["KENES_PUBLIC_URL"] = f"http://{reachable}:{port}"


def provide_for_a_new_instance() -> None:
    """Load policies and the calendar where there are none; leave no connection open."""
    try:
        provide_deadlines(at=timezone.now())
    finally:
        connections.close_all()


def refuse_old_database() -> None:
    """Raise `CommandError` where the database lacks migrations; leave no connection open."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    finally:
        connection.close()
    if missing:
        raise CommandError(
            f"The database is not up to date (migrations missing: {len(missing)}). "
            "Back it up, then run: kenes migrate"
        )
