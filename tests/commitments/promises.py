"""Promises and their people for tests: made through the actions, no surprises."""

from datetime import date, datetime, timedelta
from typing import Any

from factories import NOON, a_body, a_meeting, a_user, grant
from kenes.accounts.models import Membership, User
from kenes.commitments.actions import (
    PromiseText,
    Proof,
    Report,
    accept_done,
    cancel_commitment,
    make_commitment,
    submit_done,
)
from kenes.commitments.models import Commitment
from kenes.links.models import End
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting

DUE = date(2021, 6, 1)
TEXT = {"ru": "Открыть молодёжный центр в Акколе", "kk": "Ақкөлде жастар орталығын ашу"}
LINK = Proof(title="Photographs", url="https://example.org/centre")
LATER = NOON + timedelta(days=30)


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


def lead_of(commitment: Commitment) -> Organisation:
    return commitment.executors.get(role="lead").organisation


def a_member(body: Organisation, name: str, *, kind: str = "member", role: str = "") -> User:
    user = a_user(name)
    Membership.objects.create(user=user, organisation=body, kind=kind)
    return grant(user, role, body) if role else user


def a_report(commitment: Commitment, *evidence: Proof, text: str = "The centre is open") -> Report:
    return Report(organisation=lead_of(commitment), text=text, language="en", evidence=evidence)


def an_executor(commitment: Commitment, name: str = "executor") -> User:
    return a_member(lead_of(commitment), name, role="executor")


def a_keeper(commitment: Commitment, name: str = "keeper") -> User:
    return a_member(commitment.keeper, name, kind="head")


def submitted(commitment: Commitment, by: User, *, at: datetime = LATER) -> Commitment:
    submit_done(commitment, report=a_report(commitment, LINK), by=by, at=at)
    return commitment


def brought_to(state: str, commitment: Commitment, *, executor: User, keeper: User) -> Commitment:
    """Bring an open commitment into a state by the acts that lead there."""
    if state in {"reported", "done"}:
        submitted(commitment, executor)
    if state == "done":
        accept_done(commitment, by=keeper, at=LATER)
    if state == "cancelled":
        cancel_commitment(commitment, by=keeper, at=LATER, reason="The building is needed for a school")
    return commitment
