"""Keeping an upload: checked by its content, stored under a name of ours."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from kenes.core.ids import new_public_id
from kenes.files.errors import (
    UploadHoldsHidden,
    UploadIsEmpty,
    UploadNameMismatch,
    UploadTooBig,
    UploadTypeNotAllowed,
)
from kenes.files.examining import Finding, clean_copy, examine
from kenes.files.models import Upload, UploadFinding
from kenes.files.rules import ALLOWED, FileType, clean_name, ending_of, find_type
from kenes.files.states import IN_PROPERTIES, Treatment
from kenes.files.words import in_words

MEGABYTE = 1024 * 1024


def keep_upload(file: File, *, by: AbstractBaseUser | None, at: datetime) -> Upload:  # type: ignore[type-arg]
    """Check `file` and keep it, without its properties where they can be taken out; `by` is a User or None.

    The bytes are written before the row, so call it before opening a transaction: disks are slow.

    Raises: UploadIsEmpty, UploadTooBig, UploadTypeNotAllowed, UploadNameMismatch, UploadHoldsHidden.
    """
    name = clean_name(file.name or "")
    found = _checked_type(file, name)
    kept, treated = _treated(file, found)
    try:
        upload = _new_upload(kept, name, found, at=at)
        upload.by_id = None if by is None else by.pk
        path = default_storage.save(upload.file.name, kept)
    finally:
        if kept is not file:
            kept.close()
    try:
        with transaction.atomic():
            upload.file = path
            upload.save()
            UploadFinding.objects.bulk_create(
                UploadFinding(upload=upload, kind=finding.kind, treatment=treatment, count=finding.count)
                for finding, treatment in treated
            )
    except BaseException:
        default_storage.delete(path)
        raise
    return upload


def drop_uploads(uploads: Iterable[Upload]) -> None:
    """Delete files that nothing refers to any more: the rows now, the bytes when the transaction is kept."""
    for upload in uploads:
        path = str(upload.file.name)
        upload.delete()
        transaction.on_commit(partial(default_storage.delete, path))


def _new_upload(kept: File, name: str, found: FileType, *, at: datetime) -> Upload:  # type: ignore[type-arg]
    public_id = new_public_id()
    ending = ending_of(name) if ending_of(name) in found.endings else found.endings[0]
    return Upload(
        public_id=public_id,
        file=f"uploads/{at:%Y/%m}/{public_id}{ending}",
        original_name=name or f"{public_id}{ending}",
        content_type=found.content_type,
        size=kept.size,
        sha256=_digest(kept),
        at=at,
    )


def _treated(file: File, found: FileType) -> tuple[File, list[tuple[Finding, Treatment]]]:  # type: ignore[type-arg]
    """Return the file as it is kept, and what was found with what is done about it.

    Raises: UploadHoldsHidden.
    """
    findings = examine(cast("BinaryIO", file), found)
    hidden = [finding for finding in findings if finding.kind not in IN_PROPERTIES]
    if hidden:
        raise UploadHoldsHidden(found=in_words(hidden))
    copy = clean_copy(cast("BinaryIO", file), found) if findings else None
    file.seek(0)
    if copy is None:
        return file, [(finding, Treatment.TOLD) for finding in findings]
    left = {finding.kind for finding in examine(cast("BinaryIO", copy), found)}
    told = [(finding, Treatment.TOLD if finding.kind in left else Treatment.CLEANED) for finding in findings]
    return File(copy, name=file.name), told


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
