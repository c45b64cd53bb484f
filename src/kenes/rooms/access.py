"""From a room code in an address to the meeting, for those who may."""

from kenes.core.errors import Forbidden
from kenes.programme.models import Meeting


def meeting_by_code(code: str) -> Meeting:
    """Return the meeting of a room code (any case); raises `Forbidden`."""
    found = (
        Meeting.objects.select_related("host", "place", "session__campaign").filter(code=code.upper()).first()
    )
    if found is None:
        raise Forbidden
    return found
