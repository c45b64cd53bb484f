"""Keeping uploads, and refusing them whole."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from files.samples import NAME, a_pdf, a_picture, a_workbook
from kenes.files.actions import keep_upload
from kenes.files.errors import (
    UploadHoldsHidden,
    UploadIsEmpty,
    UploadNameMismatch,
    UploadTooBig,
    UploadTypeNotAllowed,
)
from kenes.files.models import Upload, UploadFinding
from kenes.files.words import told_of

AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path, UPLOAD_MAX_BYTES=1024 * 1024):
        yield tmp_path


@pytest.mark.django_db
def test_an_upload_is_kept_under_a_name_of_ours(media: Path) -> None:
    upload = keep_upload(SimpleUploadedFile("../Баяндама.PDF", PDF), by=None, at=AT)
    assert upload.original_name == "Баяндама.PDF"
    assert upload.file.name == f"uploads/2026/02/{upload.public_id}.pdf"
    assert (media / upload.file.name).read_bytes() == PDF
    assert upload.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (upload.content_type, upload.size) == ("application/pdf", len(PDF))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.pdf", b"", UploadIsEmpty),
        ("a.pdf", b"%PDF-" + b"x" * 1024 * 1024, UploadTooBig),
        ("a.html", b"<html><script></script></html>", UploadTypeNotAllowed),
        ("a.exe", b"MZ\x90\x00", UploadTypeNotAllowed),
        ("a.png", PDF, UploadNameMismatch),
        ("a.html", b"just text", UploadNameMismatch),
    ],
)
def test_a_refused_upload_leaves_nothing(
    media: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        keep_upload(SimpleUploadedFile(name, content), by=None, at=AT)
    assert Upload.objects.count() == 0
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_the_refusal_says_what_is_taken() -> None:
    with pytest.raises(UploadTooBig) as caught:
        keep_upload(SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 1024 * 1024), by=None, at=AT)
    assert str(caught.value) == ("This file is too large: at most 1 MB are taken. Please send a smaller one.")


@pytest.mark.django_db
def test_a_file_with_hidden_parts_is_refused_naming_them(media: Path) -> None:
    content = a_workbook(hidden_sheet=True, hidden_cells=True)
    with pytest.raises(UploadHoldsHidden) as caught:
        keep_upload(SimpleUploadedFile("plan.xlsx", content), by=None, at=AT)
    assert str(caught.value).split(". ")[0] == (
        "This file holds more than its reader sees: comments; hidden sheets (Salaries); "
        "hidden rows or columns (Plan)"
    )
    assert Upload.objects.count() == 0
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_a_picture_is_kept_without_its_place_and_its_sender_is_told(media: Path) -> None:
    content = a_picture("JPEG", place=True, author=True)
    upload = keep_upload(SimpleUploadedFile("aul.jpg", content), by=None, at=AT)
    kept = (media / upload.file.name).read_bytes()
    assert [NAME.encode() in content, NAME.encode() in kept] == [True, False]
    assert (upload.size, upload.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    found = UploadFinding.objects.order_by("kind").values_list("kind", "treatment")
    assert list(found) == [("author", "cleaned"), ("location", "cleaned")]
    assert told_of(upload) == [
        "Taken out of the kept copy of aul.jpg: names of authors or editors; "
        "the place where a picture was taken."
    ]


@pytest.mark.django_db
def test_what_only_its_author_can_take_out_is_told() -> None:
    upload = keep_upload(SimpleUploadedFile("a.pdf", a_pdf(author=True)), by=None, at=AT)
    assert told_of(upload) == ["Still in a.pdf, for everybody to read: names of authors or editors."]
