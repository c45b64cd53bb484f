"""Fetching an upload."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kenes.files.actions import keep_upload

AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n..."


@pytest.mark.django_db
def test_an_upload_is_sent_as_a_download(client: Client, settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path
    upload = keep_upload(SimpleUploadedFile("Баяндама.pdf", PDF), by=None, at=AT)
    response = client.get(f"/files/{upload.public_id}/")
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].split(";")[0] == "attachment"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    response.close()


@pytest.mark.django_db
def test_an_unknown_upload_is_not_found(client: Client) -> None:
    assert client.get("/files/0000000000zz/").status_code == 404
