"""The id of a request: in its answer, in its access line, and in every log line written for it."""

import itertools
import re
import secrets
from contextvars import ContextVar

from kenes.live.contracts import Scope

HEADER = b"x-request-id"
_WELL_FORMED = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_RUN = secrets.token_hex(4)
_count = itertools.count(1)

# Empty outside a request.
request_id: ContextVar[str] = ContextVar("kenes_request_id", default="")


def take_request_id(scope: Scope) -> str:
    """Return the id that came with the request, if it is well-formed, else a new one; make it the current."""
    given = [value for name, value in scope["headers"] if name == HEADER]
    is_taken = len(given) == 1 and _WELL_FORMED.fullmatch(given[0])
    current = given[0].decode("ascii") if is_taken else new_request_id()
    request_id.set(current)
    return current


def new_request_id() -> str:
    """Name the run of the process and the request in it: cheaper than chance, and as unlike."""
    return f"{_RUN}{next(_count):08x}"
