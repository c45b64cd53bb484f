"""What the asker does with an answer, and questions that go on as formal appeals."""

from datetime import UTC, datetime, timedelta

import pytest

from factories import NOON
from kenes.deadlines.models import Term
from kenes.organisations.models import Organisation
from kenes.programme.models import Participant
from kenes.questions import actions, errors
from kenes.questions.models import Rating
from kenes.record.models import Leaf
from questions.acts import WRITTEN, a_question, minutes_later

pytestmark = pytest.mark.django_db

LATER = minutes_later(10)


@pytest.mark.usefixtures("clock")
def test_a_reopened_question_goes_to_the_unit_that_signed_with_a_new_term(
    guest: Participant, unit: Organisation
) -> None:
    question = a_question("cleared", guest, unit)
    actions.answer_in_writing(question, written=WRITTEN, by=None, at=LATER)
    term = Term.objects.get(object_id=question.code)
    before = term.due_on
    at = NOON + timedelta(days=20)
    actions.reopen_question(question, at=at, reason="No date was named.")
    running, term = question.assignments.get(ended_at=None), Term.objects.get(object_id=question.code)
    assert (question.state, running.organisation, running.at) == ("assigned", unit, at)
    assert (term.closed_at, term.due_on > before) == (None, True)
    assert question.reopening.reason == "No date was named."


def test_what_was_answered_aloud_is_reopened_to_the_host(guest: Participant, unit: Organisation) -> None:
    question = a_question("answered", guest, unit)
    actions.reopen_question(question, at=LATER, reason="It was not to the point.")
    assert question.assignments.get(ended_at=None).organisation == question.meeting.host


def test_a_question_is_reopened_once(guest: Participant, unit: Organisation) -> None:
    question = a_question("answered", guest, unit)
    with pytest.raises(errors.ReasonMissing):
        actions.reopen_question(question, at=LATER, reason="")
    actions.reopen_question(question, at=LATER, reason="No.")
    actions.submit_draft(question, by=None, at=LATER)
    actions.clear_answer(question, by=None, at=LATER)
    actions.answer_in_writing(question, written=WRITTEN, by=None, at=LATER)
    with pytest.raises(errors.ReopenedAlready):
        actions.reopen_question(question, at=LATER, reason="Still no.")
    assert question.state == "answered"


def test_a_rating_is_from_one_to_five_and_the_last_one_stands(guest: Participant, unit: Organisation) -> None:
    question = a_question("answered", guest, unit)
    for score in (0, 6):
        with pytest.raises(errors.ScoreOutOfRange):
            actions.rate_answer(question, score=score, at=LATER)
    actions.rate_answer(question, score=2, at=LATER)
    actions.rate_answer(question, score=5, comment=" Now I see. ", at=LATER)
    assert list(Rating.objects.values_list("score", "comment")) == [(5, "Now I see.")]


def test_what_is_passed_on_keeps_number_and_date_and_its_term_ends(
    guest: Participant, unit: Organisation
) -> None:
    question = a_question("drafted", guest, unit)
    on = datetime(2021, 2, 19, tzinfo=UTC).date()
    actions.pass_on_question(question, number=" ЖТ-2021-\n7 ", on=on, by=None, at=LATER)
    assert (question.passed_on.number, question.passed_on.on, question.state) == (
        "ЖТ-2021- 7",
        on,
        "passed_on",
    )
    assert (Term.objects.get().closed_at, question.assignments.get().ended_at) == (LATER, LATER)
    assert Leaf.objects.filter(kind="question-passed-on").count() == 1


def test_an_appeal_needs_its_number(guest: Participant, unit: Organisation) -> None:
    question = a_question("assigned", guest, unit)
    with pytest.raises(errors.NumberMissing):
        actions.pass_on_question(question, number=" ", on=NOON.date(), by=None, at=LATER)
    assert (question.state, Term.objects.get().closed_at) == ("assigned", None)
