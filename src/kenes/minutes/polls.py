"""The seam for polls: an app that holds them registers how the minutes read a meeting's polls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kenes.programme.models import Meeting


@dataclass(frozen=True, slots=True)
class PollChoice:
    """One choice of a poll: its words by language, and how many chose it."""

    words: Mapping[str, str]
    ballots: int


@dataclass(frozen=True, slots=True)
class PollRecord:
    """A poll as far as it is recorded. `counted`: how ballots were counted, in words by language."""

    code: str
    title: Mapping[str, str]
    opened_at: datetime
    closed_at: datetime | None
    choices: Sequence[PollChoice]
    voters: int
    counted: Mapping[str, str]


PollReader = Callable[[Meeting], Sequence[PollRecord]]
_READERS: list[PollReader] = []


def register_polls(reader: PollReader) -> None:
    """Let the minutes tell of polls; `config` registers the app that holds them."""
    if reader not in _READERS:
        _READERS.append(reader)


def are_polls_recorded() -> bool:
    """Say whether this site records polls at all."""
    return bool(_READERS)


def polls_of(meeting: Meeting) -> list[PollRecord]:
    """Return the meeting's polls, in the order they were opened."""
    found = [poll for reader in _READERS for poll in reader(meeting)]
    return sorted(found, key=lambda poll: poll.opened_at)
