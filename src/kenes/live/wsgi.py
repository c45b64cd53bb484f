"""The thread's side of the bridge: runs Django on a whole request and takes its whole response.

Nothing here waits for a network: the body is complete before, the response is complete after.
"""

import io
import logging
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from kenes.live.contracts import Scope

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[bytes, bytes]]

# A response of more bytes than this goes to a temporary file.
MEMORY_BYTES = 512 * 1024


@dataclass(slots=True)
class Answer:
    """A complete response; `file`, where there is one, holds its body from the present position on."""

    status: int
    headers: Headers
    body: bytes = b""
    file: IO[bytes] | None = None

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


class FileBody:
    """What Django wraps a file response in (`wsgi.file_wrapper`): left unread, to be sent from disk."""

    def __init__(self, file: IO[bytes], block_size: int = 8192) -> None:
        self.file = file
        self._block_size = block_size

    def __iter__(self) -> Iterable[bytes]:
        return iter(lambda: self.file.read(self._block_size), b"")

    def close(self) -> None:
        self.file.close()

    def detach(self) -> IO[bytes] | None:
        """Return the file as one that outlives the response, or None where it is not on disk."""
        try:
            position = self.file.tell()
            detached = os.fdopen(os.dup(self.file.fileno()), "rb")
        except (AttributeError, OSError, io.UnsupportedOperation):
            return None
        detached.seek(position)
        return detached


def build_environ(scope: Scope, body: IO[bytes], length: int) -> Environ:
    """Return the WSGI environment of an HTTP scope whose body is complete.

    A header whose name holds an underscore is dropped: it would pass for one of ours with a hyphen.
    """
    root = scope.get("root_path", "")
    path = scope["path"].removeprefix(root)
    host, port = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _as_wsgi(root),
        "PATH_INFO": _as_wsgi(path),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileBody,
    }
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin-1").upper()
        if "_" not in name:
            _add_header(environ, name.replace("-", "_"), raw_value.decode("latin-1"))
    environ["CONTENT_LENGTH"] = str(length) if length else ""
    return environ


def _as_wsgi(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def _add_header(environ: Environ, name: str, value: str) -> None:
    if name in {"TRANSFER_ENCODING", "CONTENT_LENGTH"}:
        return
    key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
    joint = "; " if name == "COOKIE" else ","
    environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value


def run(app: WsgiApp, environ: Environ) -> Answer:
    """Call the application and take its whole response; a failure below Django becomes a bare 500."""
    try:
        return _Call(app, environ).answer()
    except Exception:
        logger.exception("The pages' application failed on %s", environ["PATH_INFO"])
        phrase = HTTPStatus.INTERNAL_SERVER_ERROR.phrase.encode()
        return Answer(500, [(b"content-type", b"text/plain; charset=utf-8")], phrase)


class _Call:
    """One call of a WSGI application."""

    def __init__(self, app: WsgiApp, environ: Environ) -> None:
        self._app = app
        self._environ = environ
        self._status = 500
        self._headers: Headers = []
        self._written = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 (kept in the answer)

    def answer(self) -> Answer:
        try:
            return self._take_answer()
        except BaseException:
            self._written.close()
            raise

    def _take_answer(self) -> Answer:
        body = self._app(self._environ, self._start)
        try:
            if isinstance(body, FileBody):
                file = body.detach()
                if file is not None:
                    self._written.close()
                    return Answer(self._status, self._headers, file=file)
            for chunk in body:
                self._written.write(chunk)
        finally:
            if hasattr(body, "close"):
                body.close()
        return self._buffered()

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
        self._status = int(status.split(" ", 1)[0])
        self._headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return self._written.write

    def _buffered(self) -> Answer:
        length = self._written.tell()
        self._written.seek(0)
        if not any(name == b"content-length" for name, _ in self._headers) and self._status not in (204, 304):
            self._headers.append((b"content-length", str(length).encode()))
        if length <= MEMORY_BYTES:
            with self._written:
                return Answer(self._status, self._headers, self._written.read())
        return Answer(self._status, self._headers, file=cast("IO[bytes]", self._written))
