"""The two procedures: making a back-up, and restoring one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kenes import __version__
from kenes.accounts.models import User
from kenes.config.backup import archive, postgresql, sqlite
from kenes.config.backup.errors import BackupError
from kenes.config.data_folder import alone_in_data_folder
from kenes.live.models import Feed


def engine() -> str:
    """Return the database's kind: sqlite or postgresql."""
    return str(connections["default"].vendor)


def database_path() -> Path:
    return Path(str(settings.DATABASES["default"]["NAME"]))


def make_backup(target: Path, *, at: datetime) -> int:
    """Write a back-up of the whole instance to `target`; return how many uploads are in it.

    The database is copied first: an upload's bytes are written before its row, so each row of the
    copy finds its file. Raises: BackupError.
    """
    if target.exists():
        raise BackupError(f"{target} is there already: name another file.")
    applied = MigrationRecorder(connections["default"]).applied_migrations()
    manifest = archive.Manifest(
        format=archive.FORMAT,
        version=__version__,
        made_at=at.isoformat(timespec="seconds"),
        engine=engine(),
        migrations=sorted(f"{app}.{name}" for app, name in applied),
    )
    with _folder_beside(target) as folder:
        copy = folder / archive.DATABASE
        if engine() == "sqlite":
            sqlite.copy_out(database_path(), copy)
        else:
            postgresql.dump(copy)
        return archive.write_archive(target, manifest=manifest, database=copy, files=settings.MEDIA_ROOT)


def restore_backup(source: Path, *, force: bool, while_running: bool) -> archive.Manifest:
    """Put a back-up in the place of this instance's database and uploads, under a new epoch.

    Raises: BackupError, where nothing was changed.
    """
    manifest = archive.read_manifest(source)
    _refuse_misfits(source, manifest)
    with alone_in_data_folder() as is_alone:
        is_used = not is_alone or (engine() == "postgresql" and postgresql.others_connected() > 0)
        if is_used and not while_running:
            raise BackupError(
                "A server or a worker runs on this instance: stop it, or restore under open rooms "
                "by --while-running."
            )
        if not force and not is_empty():
            raise BackupError("This instance is not empty: --force puts the back-up in its place.")
        _restore(source)
    return manifest


def is_empty() -> bool:
    """Say whether the instance has neither a room nor a person."""
    if engine() == "sqlite" and not database_path().exists():
        return True
    tables = connections["default"].introspection.table_names()
    models = [model for model in (Feed, User) if model._meta.db_table in tables]
    return not any(model._default_manager.exists() for model in models)


def _refuse_misfits(source: Path, manifest: archive.Manifest) -> None:
    if manifest.engine != engine():
        raise BackupError(
            f"{source} is of {manifest.engine}, this instance of {engine()}: set KENES_DATABASE_URL to fit."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    ours = {label.partition(".")[0] for label in known}
    newer = [one for one in manifest.migrations if one not in known and one.partition(".")[0] in ours]
    if newer:
        raise BackupError(f"{source} was made by a newer Kenes ({manifest.version}): update first.")


def _restore(source: Path) -> None:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    connections.close_all()
    with _folder_beside(settings.DATA_DIR / archive.DATABASE) as folder:
        staged = folder / archive.DATABASE
        archive.unpack_database(source, staged)
        if engine() == "sqlite":
            sqlite.prepare(staged)
        # The files come first: each row finds its own as soon as it is seen.
        archive.unpack_files(source, settings.MEDIA_ROOT)
        if engine() == "sqlite":
            sqlite.switch_in(staged, database_path())
        else:
            postgresql.restore(staged, folder / "restore.sql")
            call_command("migrate", verbosity=0)


@contextmanager
def _folder_beside(target: Path) -> Iterator[Path]:
    with TemporaryDirectory(prefix=".kenes-backup-", dir=target.parent) as name:
        yield Path(name)
