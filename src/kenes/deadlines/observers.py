"""Who wishes to be told that a calendar moved a due date; upper apps register in `config`."""

from collections.abc import Callable
from datetime import datetime

from kenes.deadlines.models import Term

CalendarListener = Callable[..., None]
_on_calendar_move: list[CalendarListener] = []


def on_calendar_move(listener: CalendarListener) -> None:
    """Register `listener(term, *, at)`, called in the transaction that moves the term's date."""
    if listener not in _on_calendar_move:
        _on_calendar_move.append(listener)


def tell_calendar_move(term: Term, *, at: datetime) -> None:
    """Call every listener."""
    for listener in _on_calendar_move:
        listener(term, at=at)
