"""What texts can be reviewed: the seam for the apps that hold them.

This app stands below those that hold texts, so each kind of object is registered by `config`:

    register_subject("question", QuestionSubject())
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from kenes.redaction.errors import NothingToReview
from kenes.redaction.hits import Hit
from kenes.redaction.states import Outcome

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class ReviewedText:
    """One text of an object: its field, the text as it is kept, its language, what a reader calls it.

    Of a text that is not kept yet (a draft) nothing can be taken out here: it is only decided what
    may stay.
    """

    field: str
    text: str
    language: str
    label: str
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An object whose texts are reviewed: how its page is titled, where its people go back to.

    `back` names an address (its name, its one argument) and the query behind it.
    """

    object_kind: str
    object_id: str
    title: str
    back: tuple[str, str, str]
    texts: Sequence[ReviewedText]

    def text_of(self, field: str) -> ReviewedText:
        """Return the text of a field. Raises: NothingToReview."""
        for text in self.texts:
            if text.field == field:
                return text
        raise NothingToReview


@dataclass(frozen=True, slots=True)
class Made:
    """What a person decided about one piece; a piece that no rule found is only ever taken out."""

    hit: Hit
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Decisions about one text, made while looking at `text`, by a person at a time."""

    field: str
    text: str
    made: Sequence[Made]
    by: "AbstractBaseUser | None"
    at: datetime


class Subject(Protocol):
    """An app's objects of one kind."""

    def find(self, object_id: str, *, user: Any) -> Reviewed:
        """Return the object for a user (of `accounts`, or anonymous) who may review it.

        Raises: a `Forbidden`.
        """

    def decide(self, object_id: str, verdict: Verdict) -> None:
        """Call `redaction.actions.decide_hits` in the app's own transaction and keep the text it returns."""

    def forget(self, object_id: str) -> None:
        """Erase whatever else is kept of an original whose time is over; called once it is empty."""


_registered: dict[str, Subject] = {}


def register_subject(object_kind: str, subject: Subject) -> None:
    """Add a kind of object; the same kind again replaces it."""
    _registered[object_kind] = subject


def subject_of(object_kind: str) -> Subject:
    """Return what was registered for the kind. Raises: NothingToReview."""
    try:
        return _registered[object_kind]
    except KeyError:
        raise NothingToReview from None
