"""Whose terms move with the calendar; upper apps register in `config`.

What owns a term may have to lock its own rows before the term's, and to tell people of the new date.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from kenes.deadlines.models import Term, TermEntry

Told = Callable[[TermEntry], None]
Frame = Callable[..., AbstractContextManager[Told]]
_FRAMES: dict[str, Frame] = {}


def on_calendar_moves(object_kind: str, frame: Frame) -> None:
    """Register `frame(term, *, at)` for the terms of a kind of object.

    It is a context manager around the transaction that moves the term's date; what it yields is called
    in that transaction with the ledger's new line, if there is one.
    """
    _FRAMES[object_kind] = frame


@contextmanager
def moving(term: Term, **when: object) -> Iterator[Told]:
    """Open the frame of the term's owner; what it yields does nothing where nobody registered."""
    frame = _FRAMES.get(term.object_kind)
    if frame is None:
        yield lambda _entry: None
        return
    with frame(term, **when) as told:
        yield told
