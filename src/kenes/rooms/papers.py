"""The seam for what upper apps publish of a closed meeting: its page lists it beside the materials.

Registered in `config`. Who publishes something, or takes it back, stamps the meeting's row, so that the
page is rendered anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kenes.programme.models import Meeting
from kenes.programme.states import MeetingState


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A public page of the meeting, in the reader's language."""

    title: str
    href: str


PaperReader = Callable[[Meeting], Sequence[PaperLink]]
_READERS: list[PaperReader] = []


def register_papers(reader: PaperReader) -> None:
    """Let the pages of closed meetings lead to what `reader` finds."""
    if reader not in _READERS:
        _READERS.append(reader)


def papers_of(meeting: Meeting) -> list[PaperLink]:
    """Return what is published of a closed meeting."""
    if meeting.state != MeetingState.CLOSED:
        return []
    return [link for reader in _READERS for link in reader(meeting)]
