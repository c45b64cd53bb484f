"""Fetching an upload: always as a download, never as a page of ours."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from kenes.core.errors import Forbidden
from kenes.files.access import find_upload


@require_safe
def download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send the file under its sender's name."""
    upload = find_upload(public_id, user=request.user)
    try:
        content = upload.file.open("rb")
    except FileNotFoundError:
        raise Forbidden from None
    response = FileResponse(
        content, as_attachment=True, filename=upload.original_name, content_type=upload.content_type
    )
    # Even a browser that is told to open it inline runs nothing from it.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["ETag"] = f'"{upload.sha256}"'
    return response
