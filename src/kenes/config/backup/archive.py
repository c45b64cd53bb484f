"""The file of a back-up: a tar (`.gz`, `.tgz`: compressed) of a manifest, the database, the uploads.

kenes-backup.json | database | files/…
"""

import json
import os
import shutil
import tarfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from kenes.config.backup.errors import BackupError

FORMAT = 1
MANIFEST, DATABASE, FILES = "kenes-backup.json", "database", "files"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a back-up says of itself. `migrations`: `app.name` of each that its database has."""

    format: int
    version: str
    made_at: str
    engine: str
    migrations: Sequence[str]


def write_archive(target: Path, *, manifest: Manifest, database: Path, files: Path) -> int:
    """Write the back-up, readable by its owner alone; it appears whole or not at all. Return the uploads."""
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode=_mode(target)) as tar:
                _add_text(tar, MANIFEST, json.dumps(asdict(manifest), indent=1))
                tar.add(database, DATABASE)
                count = _add_files(tar, files)
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return count


def _mode(target: Path) -> Literal["w", "w:gz"]:
    return "w:gz" if target.name.endswith((".gz", ".tgz")) else "w"


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    from io import BytesIO

    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    tar.addfile(member, BytesIO(text.encode()))


def _add_files(tar: tarfile.TarFile, folder: Path) -> int:
    count = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with suppress(FileNotFoundError):  # erased since it was listed
                tar.add(path, f"{FILES}/{path.relative_to(folder).as_posix()}")
                count += 1
    return count


def read_manifest(source: Path) -> Manifest:
    """Return what the back-up says of itself. Raises: BackupError."""
    try:
        with tarfile.open(source) as tar:
            found = tar.extractfile(MANIFEST)
            values = json.load(found) if found else {}
        manifest = Manifest(**values)
    except (OSError, tarfile.TarError, KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{source} is not a back-up that `kenes backup` made ({error}).") from error
    if manifest.format != FORMAT:
        raise BackupError(f"{source} is of a newer form ({manifest.format}): update Kenes first.")
    return manifest


def unpack_database(source: Path, target: Path) -> None:
    """Write the back-up's database to `target`."""
    with tarfile.open(source) as tar:
        for member in tar:
            if member.name == DATABASE and member.isreg():
                _unpack(tar, member, target)
                return
    raise BackupError(f"{source} holds no database.")


def unpack_files(source: Path, folder: Path) -> int:
    """Write the back-up's uploads into `folder`, over those of the same name; return how many."""
    count = 0
    with tarfile.open(source) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if path.parts[:1] != (FILES,) or not member.isreg():
                continue
            if ".." in path.parts:
                raise BackupError(f"{source} holds a file outside its folder: {member.name}.")
            _unpack(tar, member, folder.joinpath(*path.parts[1:]))
            count += 1
    return count


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    source: IO[bytes] | None = tar.extractfile(member)
    if source is None:
        raise BackupError(f"{member.name} cannot be read.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    with source, part.open("wb") as file:
        shutil.copyfileobj(source, file)
    part.rename(target)
