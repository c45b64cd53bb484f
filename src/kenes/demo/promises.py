"""Puts the demonstration's promises on record and lets become of each what is told of it."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from kenes.accounts.models import User
from kenes.commitments.actions import (
    PromiseText,
    Proof,
    Report,
    accept_done,
    add_co_executor,
    change_commitment_due_date,
    make_commitment,
    report_progress,
    submit_done,
)
from kenes.commitments.models import Commitment
from kenes.demo.answers import Seminar
from kenes.demo.content.current import CHAIRMAN
from kenes.demo.content.yesterday import Promise, Reported, Slip
from kenes.files.actions import keep_upload
from kenes.links.models import End
from kenes.programme.models import Meeting

# Who reports for each body, by the keys of people.
REPORTERS = {"policy": "signer", "social": "social", "youth": "youth", "committee": "editor"}
HALF_AN_HOUR = timedelta(minutes=30)


def promise_aloud(
    seminar: Seminar, promise: Promise, source: End, *, at: datetime, meeting: Meeting | None = None
) -> Commitment:
    """Put on record what was promised at the seminar, or at another meeting."""
    words = PromiseText(
        promise.text,
        seminar.cast.bodies[promise.body],
        seminar.due_on(promise.days),
        made_by=CHAIRMAN["ru"],
        language="ru",
    )
    held = meeting or seminar.meeting
    return make_commitment(promise=words, source=source, meeting=held, by=seminar.cast.moderator, at=at)


def follow_promise(seminar: Seminar, commitment: Commitment, promise: Promise) -> None:
    """Let join, slip, be reported and accepted, in the order of the days."""
    if promise.with_body:
        body = seminar.cast.bodies[promise.with_body]
        at = commitment.made_at + HALF_AN_HOUR
        add_co_executor(commitment, organisation=body, by=seminar.cast.moderator, at=at)
    steps: list[Slip | Reported] = [*promise.slips, *promise.reports]
    for step in sorted(steps, key=lambda step: -step.before):
        at = seminar.day(step.before) + HALF_AN_HOUR
        if isinstance(step, Reported):
            _report(seminar, commitment, promise, step, at=at)
            continue
        moderator = seminar.cast.moderator
        due_on = seminar.due_on(step.days)
        change_commitment_due_date(commitment, due_on=due_on, by=moderator, at=at, reason=step.reason)


def _report(
    seminar: Seminar, commitment: Commitment, promise: Promise, told: Reported, *, at: datetime
) -> None:
    reporter = seminar.cast.people[REPORTERS[promise.body]]
    body = seminar.cast.bodies[promise.body]
    report = Report(body, told.text, told.language, _proofs(told, by=reporter, at=at))
    do = submit_done if told.is_done else report_progress
    do(commitment, report=report, by=reporter, at=at)
    if told.accepted is not None:
        at = seminar.day(told.accepted) + 2 * HALF_AN_HOUR
        accept_done(commitment, by=seminar.cast.people["chairman"], at=at)


def _proofs(told: Reported, *, by: User, at: datetime) -> list[Proof]:
    if not told.file:
        return []
    content = "\ufeff" + "\r\n".join(told.rows) + "\r\n"
    return [Proof(upload=keep_upload(ContentFile(content.encode(), told.file), by=by, at=at))]
