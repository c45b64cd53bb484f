"""What the register keeps of texts, taken out with them: words to search by, and files made before."""

from collections.abc import Sequence

from kenes.questions.events import EventKind, PiecesTakenOut, QuestionEvent
from kenes.questions.rules import is_text_public
from kenes.register.actions.exporting import make_exports_anew
from kenes.register.actions.indexing import drop_words


def take_out_of_register(taken: PiecesTakenOut) -> None:
    """Drop the words that found the question, and the files in which its text may stand.

    What never was on the public list is in neither.
    """
    if taken.question.public_since is not None:
        drop_words(taken.question)
        make_exports_anew(at=taken.at)


def take_edited_out(events: Sequence[QuestionEvent]) -> None:
    """Drop the words of texts that were edited: nobody finds them by what they no longer say."""
    for event in events:
        if event.kind == EventKind.EDITED:
            drop_words(event.question)


def take_refused_out(events: Sequence[QuestionEvent]) -> None:
    """Do the same for questions refused on a ground that hides their text."""
    for event in events:
        was_public = event.question.public_since is not None
        if event.kind == EventKind.REFUSED and was_public and not is_text_public(event.question):
            drop_words(event.question)
            make_exports_anew(at=event.at)
