"""The machine: open files, disk, folders, the secret, static files, the worker, settings."""

import os
import resource
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from django.utils import timezone

from kenes.config.checks import deploy_messages
from kenes.config.data_folder import WORKER, is_held
from kenes.config.doctor.findings import Finding, look, ok, wrong
from kenes.notices.queries import late_messages

# Files, database and pages, beside one for each viewer.
OTHER_FILES = 300
LITTLE_SPACE, TOO_LITTLE_SPACE = 2 * 1024**3, 256 * 1024**2
GIBIBYTE = 1024**3


def look_at_machine(*, viewers: int) -> Iterator[Finding]:
    """Yield what there is to say; `viewers`: how many streams are expected at once."""
    yield _open_files(viewers)
    yield _disk()
    for subject, folder in (("data folder", settings.DATA_DIR), ("uploads", Path(settings.MEDIA_ROOT))):
        yield _writable(subject, folder)
    yield _secret()
    yield _static_files()
    yield _worker()
    yield from _outbox()
    yield from _deploy_checks()


def _open_files(viewers: int) -> Finding:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    told = f"{most} allowed, {viewers} viewers expected"
    if most == resource.RLIM_INFINITY or most >= viewers + OTHER_FILES:
        return ok("open files", told)
    return wrong(
        "open files",
        told,
        f"Set LimitNOFILE={viewers + OTHER_FILES} (systemd), or ulimit -Hn, for the server.",
    )


def _disk() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free
    told = f"{free / GIBIBYTE:.1f} GiB free"
    if free >= LITTLE_SPACE:
        return ok("disk", told)
    advice = "Make room: a full disk stops every question and vote."
    return (wrong if free < TOO_LITTLE_SPACE else look)("disk", told, advice)


def _writable(subject: str, folder: Path) -> Finding:
    if not folder.exists() and os.access(folder.parent, os.W_OK):
        return ok(subject, f"{folder} will be made")
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ok(subject, f"{folder} can be written")
    except OSError as error:
        return wrong(subject, f"{folder}: {error.strerror}", "Give it to the user that the server runs as.")


def _secret() -> Finding:
    path = settings.DATA_DIR / "secret_key"
    if not path.exists():
        return ok("secret key", "comes from KENES_SECRET_KEY")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return wrong(
            "secret key",
            f"others may read {path} (mode {mode:o})",
            f"chmod 600 {path}; then think of a new one.",
        )
    return ok("secret key", f"{path}, mode {mode:o}; keep a copy apart from the back-ups")


def _static_files() -> Finding:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        return ok("static files", f"built in {settings.STATIC_ROOT}")
    return wrong("static files", "not built: pages come without style", "Run: kenes build-assets")


def _worker() -> Finding:
    if is_held(WORKER):
        return ok("worker", "runs")
    return look("worker", "does not run here", "Start the server (it keeps one), or: kenes worker")


def _outbox() -> Iterator[Finding]:
    try:
        late = late_messages(at=timezone.now())
    except DatabaseError:  # told by the database's own lines
        return
    if late:
        advice = "Look at the worker's log lines and at KENES_EMAIL_HOST."
        yield wrong("outbox", f"{late} messages wait though they are due", advice)
    else:
        yield ok("outbox", "nothing late")


def _deploy_checks() -> Iterator[Finding]:
    for message in deploy_messages():
        level = wrong if message.level >= checks.ERROR else look
        yield level(f"settings ({message.id})", message.msg, message.hint or "")
