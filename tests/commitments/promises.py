"""Promises for tests: made through the actions, no surprises."""

from datetime import date, datetime
from typing import Any

from factories import NOON, a_body, a_meeting
from kenes.accounts.models import User
from kenes.commitments.actions import PromiseText, make_commitment
from kenes.commitments.models import Commitment
from kenes.links.models import End
from kenes.programme.models import Meeting

DUE = date(2021, 6, 1)
TEXT = {"ru": "Открыть молодёжный центр в Акколе", "kk": "Ақкөлде жастар орталығын ашу"}


def a_promise(**fields: Any) -> PromiseText:
    values: dict[str, Any] = {"texts": TEXT, "language": "ru", "due_on": DUE, "made_by": "Head, Directorate"}
    values["executor"] = fields.pop("executor", None) or a_body("Directorate", "directorate")
    return PromiseText(**{**values, **fields})


def a_commitment(
    meeting: Meeting | None = None, *, by: User | None = None, at: datetime = NOON, **fields: Any
) -> Commitment:
    held = meeting or a_meeting()
    source = fields.pop("source", End("meeting", held.code))
    return make_commitment(promise=a_promise(**fields), source=source, meeting=held, by=by, at=at)
