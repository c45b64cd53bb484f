"""Keeping an upload: checked by its content, stored under a name of ours."""

import hashlib
from datetime import datetime
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File
from django.core.files.storage import default_storage

from kenes.core.ids import new_public_id
from kenes.files.errors import UploadIsEmpty, UploadNameMismatch, UploadTooBig, UploadTypeNotAllowed
from kenes.files.models import Upload
from kenes.files.rules import ALLOWED, FileType, clean_name, ending_of, find_type

MEGABYTE = 1024 * 1024


def keep_upload(file: File, *, by: AbstractBaseUser | None, at: datetime) -> Upload:  # type: ignore[type-arg]
    """Check `file` and keep it; `by` is a User or None.

    The bytes are written before the row, so call it before opening a transaction: disks are slow.

    Raises: UploadIsEmpty, UploadTooBig, UploadTypeNotAllowed, UploadNameMismatch.
    """
    name = clean_name(file.name or "")
    found = _checked_type(file, name)
    public_id = new_public_id()
    ending = ending_of(name) if ending_of(name) in found.endings else found.endings[0]
    digest = _digest(file)
    path = default_storage.save(f"uploads/{at:%Y/%m}/{public_id}{ending}", file)
    try:
        return Upload.objects.create(
            public_id=public_id,
            file=path,
            original_name=name or f"{public_id}{ending}",
            content_type=found.content_type,
            size=file.size,
            sha256=digest,
            by_id=None if by is None else by.pk,
            at=at,
        )
    except BaseException:
        default_storage.delete(path)
        raise


def _checked_type(file: File, name: str) -> FileType:  # type: ignore[type-arg]
    if not file.size:
        raise UploadIsEmpty
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise UploadTooBig(megabytes=settings.UPLOAD_MAX_BYTES // MEGABYTE)
    found = find_type(cast("BinaryIO", file))
    if found is None:
        allowed = ", ".join(ending.lstrip(".") for kind in ALLOWED for ending in kind.endings)
        raise UploadTypeNotAllowed(allowed=allowed)
    ending = ending_of(name)
    if ending and ending not in found.endings:
        raise UploadNameMismatch(named=ending, found=found.endings[0])
    return found


def _digest(file: File) -> str:  # type: ignore[type-arg]
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
