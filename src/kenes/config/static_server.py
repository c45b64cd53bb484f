"""Static files, answered on the loop: hashed names for ever, precompressed, no thread."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from servestatic.base import ServeStaticBase

from kenes.live.contracts import Receive, Scope, Send

CHUNK_BYTES = 64 * 1024
UNHASHED_SECONDS = 3600


class StaticFiles(ServeStaticBase):  # type: ignore[misc]
    """The files below `root`, found once at start-up, as an ASGI application under `/static/`."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            None,
            root=root if root.is_dir() else None,
            prefix="static",
            max_age=UNHASHED_SECONDS,
            allow_all_origins=False,
        )

    def initialize(self) -> None:
        """Nothing stands behind these files."""

    def has(self, path: str) -> bool:
        return path in self.files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a file that `has` found; the system has its bytes in memory, so nothing is waited for."""
        response = self.files[scope["path"]].get_response(scope["method"], _as_wsgi(scope))
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in response.headers
            if value is not None
        ]
        headers.append((b"x-content-type-options", b"nosniff"))
        await send({"type": "http.response.start", "status": HTTPStatus(response.status), "headers": headers})
        await _send_file(response.file, send)


async def _send_file(file: Any, send: Send) -> None:
    if file is not None:
        try:
            while chunk := file.read(CHUNK_BYTES):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        finally:
            file.close()
    await send({"type": "http.response.body"})


def _as_wsgi(scope: Scope) -> dict[str, str]:
    headers = {
        f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}": value.decode("latin-1")
        for name, value in scope["headers"]
    }
    return headers | {"QUERY_STRING": scope["query_string"].decode("latin-1")}
