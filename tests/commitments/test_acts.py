"""What is done with a promise on record: reported, accepted, returned, moved in time, cancelled."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from commitments.promises import (
    DUE,
    LATER,
    LINK,
    a_commitment,
    a_keeper,
    a_report,
    an_executor,
    submitted,
)
from factories import NOON, a_body
from kenes.accounts.models import User
from kenes.commitments import errors
from kenes.commitments.actions import (
    Proof,
    Report,
    accept_done,
    cancel_commitment,
    change_commitment_due_date,
    report_progress,
    return_done,
    submit_done,
)
from kenes.commitments.models import Acceptance, Commitment, Move, Progress
from kenes.commitments.states import Claim
from kenes.core.append_only import RowIsAppendOnly
from kenes.deadlines.errors import DueDateIsPast, ExtensionNeedsReason
from kenes.deadlines.queries import ledger_of, open_term_of
from kenes.record.models import Entry, Leaf

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise() -> Commitment:
    return a_commitment()


@pytest.fixture
def executor(promise: Commitment) -> User:
    return an_executor(promise)


@pytest.fixture
def keeper(promise: Commitment) -> User:
    return a_keeper(promise)


def leaves_of(commitment: Commitment) -> list[str]:
    return list(Leaf.objects.filter(object_id=commitment.code).order_by("id").values_list("kind", flat=True))


def entries_of(commitment: Commitment) -> list[str]:
    return list(Entry.objects.filter(object_id=commitment.code).values_list("act", flat=True))


def test_progress_is_added_and_leaves_the_promise_open(promise: Commitment, executor: User) -> None:
    report_progress(promise, report=a_report(promise, text="Walls stand"), by=executor, at=LATER)
    report_progress(promise, report=a_report(promise, text="The roof is on"), by=executor, at=LATER)
    assert [row.text for row in promise.progress.all()] == ["Walls stand", "The roof is on"]
    assert (promise.state, entries_of(promise)[1:]) == ("open", ["report_progress"] * 2)


def test_a_report_is_never_rewritten(promise: Commitment, executor: User) -> None:
    row = report_progress(promise, report=a_report(promise), by=executor, at=LATER)
    row.text = "Something else"
    for change in (row.save, row.delete, lambda: Progress.objects.update(text="Something else")):
        with pytest.raises(RowIsAppendOnly):
            change()


def test_what_is_submitted_with_evidence_waits_for_a_second_person(
    promise: Commitment, executor: User
) -> None:
    submitted(promise, executor)
    row = promise.progress.get()
    assert (promise.state, promise.reported_on, promise.submitted_by) == (
        "reported",
        date(2021, 3, 20),
        executor,
    )
    assert (row.claim, row.evidence.get().title) == (Claim.DONE, "Photographs")


def test_nothing_is_done_without_evidence(promise: Commitment, executor: User) -> None:
    with pytest.raises(errors.DoneNeedsEvidence):
        submit_done(promise, report=a_report(promise), by=executor, at=LATER)
    assert (promise.state, promise.progress.count()) == ("open", 0)


def test_evidence_given_on_the_way_is_evidence(promise: Commitment, executor: User) -> None:
    report_progress(promise, report=a_report(promise, LINK), by=executor, at=LATER)
    submit_done(promise, report=a_report(promise), by=executor, at=LATER)
    assert promise.state == "reported"


def test_what_was_returned_needs_new_evidence(promise: Commitment, executor: User, keeper: User) -> None:
    submitted(promise, executor)
    return_done(promise, by=keeper, at=LATER, reason="The photographs show another house")
    assert (promise.state, promise.reported_on, promise.submitted_by) == ("open", None, None)
    with pytest.raises(errors.DoneNeedsEvidence):
        submit_done(promise, report=a_report(promise), by=executor, at=LATER + timedelta(days=1))
    submitted(promise, executor, at=LATER + timedelta(days=1))
    assert promise.state == "reported"


def test_the_second_person_accepts_and_the_term_ends(
    promise: Commitment, executor: User, keeper: User
) -> None:
    submitted(promise, executor)
    accept_done(promise, by=keeper, at=LATER, note_text="Seen on the spot")
    row = Acceptance.objects.get()
    assert (promise.state, row.by, row.submitted_by, row.note) == (
        "done",
        keeper,
        executor,
        "Seen on the spot",
    )
    assert open_term_of(object_kind="commitment", object_id=promise.code) is None
    assert leaves_of(promise) == ["commitment-made", "commitment-done"]


def test_nobody_accepts_or_returns_what_they_submitted(promise: Commitment, executor: User) -> None:
    submitted(promise, executor)
    with pytest.raises(errors.SecondPersonNeeded):
        accept_done(promise, by=executor, at=LATER)
    with pytest.raises(errors.SecondPersonNeeded):
        return_done(promise, by=executor, at=LATER, reason="I made a mistake")
    assert (promise.state, Acceptance.objects.count()) == ("reported", 0)


def test_the_database_too_wants_two_people(promise: Commitment, executor: User) -> None:
    submitted(promise, executor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.objects.create(
            commitment=promise,
            progress=promise.progress.get(),
            submitted_by=executor,
            by=executor,
            capacity="head",
            organisation=promise.keeper,
            at=LATER,
        )


def test_a_later_date_needs_a_reason_and_stays_on_the_ledger(promise: Commitment, keeper: User) -> None:
    with pytest.raises(ExtensionNeedsReason):
        change_commitment_due_date(promise, due_on=date(2021, 9, 1), by=keeper, at=LATER, reason=" ")
    change_commitment_due_date(promise, due_on=date(2021, 9, 1), by=keeper, at=LATER, reason="Floods")
    lines = ledger_of(object_kind="commitment", object_id=promise.code)
    assert [(line.old_due_on, line.due_on, line.reason) for line in lines] == [
        (None, DUE, ""),
        (DUE, date(2021, 9, 1), "Floods"),
    ]
    assert (promise.due_on, promise.first_due_on) == (date(2021, 9, 1), DUE)
    assert leaves_of(promise) == ["commitment-made", "commitment-due-changed"]


def test_an_earlier_date_needs_none_and_the_same_date_changes_nothing(promise: Commitment) -> None:
    change_commitment_due_date(promise, due_on=date(2021, 5, 1), by=None, at=LATER)
    change_commitment_due_date(promise, due_on=date(2021, 5, 1), by=None, at=LATER)
    assert (promise.due_on, leaves_of(promise).count("commitment-due-changed")) == (date(2021, 5, 1), 1)


def test_a_date_is_not_moved_into_the_past(promise: Commitment) -> None:
    with pytest.raises(DueDateIsPast):
        change_commitment_due_date(promise, due_on=date(2021, 3, 1), by=None, at=LATER)


def test_a_cancelled_promise_says_why_and_its_term_ends(promise: Commitment, keeper: User) -> None:
    with pytest.raises(errors.CommitmentReasonMissing):
        cancel_commitment(promise, by=keeper, at=LATER, reason="\u200b")
    cancel_commitment(promise, by=keeper, at=LATER, reason="Another programme does it")
    assert (promise.state, Move.objects.last().reason) == ("cancelled", "Another programme does it")  # type: ignore[union-attr]
    assert open_term_of(object_kind="commitment", object_id=promise.code) is None


def test_what_was_submitted_may_still_be_cancelled(promise: Commitment, executor: User, keeper: User) -> None:
    submitted(promise, executor)
    cancel_commitment(promise, by=keeper, at=LATER, reason="It was never needed")
    assert (promise.state, promise.reported_on) == ("cancelled", None)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"text": "ok"}, errors.ReportTextLength),
        ({"language": "de"}, errors.PromiseLanguageUnknown),
        ({"evidence": [LINK] * 11}, errors.TooMuchEvidence),
        ({"evidence": [Proof(title="Nothing")]}, errors.EvidenceIncomplete),
        ({"evidence": [Proof(url="javascript:alert(1)")]}, errors.EvidenceAddressRefused),
        ({"evidence": [Proof(url="ftp://example.org/a")]}, errors.EvidenceAddressRefused),
    ],
)
def test_a_report_that_says_nothing_is_refused(
    promise: Commitment, executor: User, changes: dict[str, object], error: type
) -> None:
    values = {"organisation": promise.executors.get().organisation, "text": "Walls stand", "language": "en"}
    report = Report(**{**values, **changes})  # type: ignore[arg-type]
    for act in (report_progress, submit_done):
        with pytest.raises(error):
            act(promise, report=report, by=executor, at=LATER)
    assert Progress.objects.count() == 0


def test_a_body_that_is_no_executor_cannot_report(promise: Commitment, executor: User) -> None:
    report = Report(a_body("Stranger"), "Walls stand", "en")
    with pytest.raises(errors.NotAnExecutor):
        report_progress(promise, report=report, by=executor, at=LATER)


def test_evidence_without_a_title_is_called_by_its_address(promise: Commitment, executor: User) -> None:
    row = report_progress(
        promise, report=a_report(promise, Proof(url="https://example.org/a")), by=executor, at=NOON
    )
    assert row.evidence.get().title == "https://example.org/a"


PHONE = "Call 8 701 234 56 78 and ask"


def test_no_words_for_everybody_hold_somebodys_number(
    promise: Commitment, executor: User, keeper: User
) -> None:
    later = date(2021, 9, 1)
    submitted(promise, executor)
    acts = [
        lambda: accept_done(promise, by=keeper, at=LATER, note_text=PHONE),
        lambda: return_done(promise, by=keeper, at=LATER, reason=PHONE),
        lambda: cancel_commitment(promise, by=keeper, at=LATER, reason=PHONE),
        lambda: report_progress(promise, report=a_report(promise, text=PHONE), by=executor, at=LATER),
        lambda: change_commitment_due_date(promise, due_on=later, by=keeper, at=LATER, reason=PHONE),
        lambda: a_commitment(promise.meeting, texts={"en": PHONE}, language="en"),
        lambda: a_commitment(promise.meeting, made_by=PHONE),
    ]
    for act in acts:
        with pytest.raises(errors.PersonalDataInWords) as caught:
            act()
        assert caught.value.params == {"kinds": "telephone number"}
    assert (promise.state, Commitment.objects.count()) == ("reported", 1)
