"""Answers aloud and assignments with their terms."""

from dataclasses import replace
from datetime import date

import pytest

from factories import NOON, a_body, a_user
from kenes.deadlines.errors import DueDateIsPast, ExtensionNeedsReason
from kenes.deadlines.models import Term
from kenes.organisations.models import Organisation
from kenes.programme.models import Participant
from kenes.questions import actions, errors
from kenes.questions.models import Answer, Question
from questions.acts import DUE, SPOKEN, a_question, ask, minutes_later

pytestmark = pytest.mark.django_db

LATER = minutes_later(10)


def terms(question: Question) -> list[tuple[date, bool]]:
    found = Term.objects.filter(object_kind="question", object_id=question.code).order_by("id")
    return [(term.due_on, term.closed_at is None) for term in found]


def test_a_spoken_answer_says_who_when_and_what(guest: Participant, unit: Organisation) -> None:
    question, by = ask(guest), a_user("moderator")
    answer = actions.answer_aloud(question, by=by, at=LATER, spoken=replace(SPOKEN, organisation=unit))
    kept = Answer.objects.get()
    assert (kept.pk, kept.form, kept.answered_by, kept.recording_second) == (
        answer.pk,
        "aloud",
        "Chairman of the Committee",
        754,
    )
    assert (kept.text, kept.language, kept.organisation, kept.by, kept.at) == (
        SPOKEN.summary,
        "en",
        unit,
        by,
        LATER,
    )


@pytest.mark.parametrize("second", [-1, 24 * 60 * 60 + 1])
def test_a_second_outside_a_day_is_refused(second: int, guest: Participant) -> None:
    question = ask(guest)
    with pytest.raises(errors.SecondOutOfRange):
        actions.answer_aloud(question, by=None, at=LATER, spoken=replace(SPOKEN, second=second))
    assert (Question.objects.get().state, Answer.objects.count()) == ("open", 0)


def test_a_taken_back_answer_stays_on_record_and_the_question_is_open(
    guest: Participant, unit: Organisation
) -> None:
    question = a_question("answered", guest, unit)
    actions.retract_answer(question, by=None, at=LATER, reason="It belongs to another question.")
    assert (Question.objects.get().state, Answer.objects.get().retracted_at) == ("open", LATER)


def test_an_answered_question_is_not_answered_again(guest: Participant, unit: Organisation) -> None:
    question = a_question("answered", guest, unit)
    with pytest.raises(errors.MoveNotAllowed):
        actions.answer_aloud(question, by=None, at=LATER, spoken=SPOKEN)
    assert Answer.objects.count() == 1


def test_an_assignment_opens_a_term(guest: Participant, unit: Organisation) -> None:
    question = a_question("assigned", guest, unit)
    assert [(row.organisation, row.ended_at) for row in question.assignments.all()] == [(unit, None)]
    assert terms(question) == [(DUE, True)]


def test_a_redirect_ends_the_term_and_opens_a_new_one(guest: Participant, unit: Organisation) -> None:
    question, other = a_question("assigned", guest, unit), a_body("Youth centre", "youth_centre")
    actions.assign_question(question, organisation=other, due_on=date(2021, 4, 1), by=None, at=LATER)
    rows = [(row.organisation, row.ended_at) for row in question.assignments.all()]
    assert rows == [(unit, LATER), (other, None)]
    assert terms(question) == [(DUE, False), (date(2021, 4, 1), True)]


def test_a_date_in_the_past_assigns_nothing(guest: Participant, unit: Organisation) -> None:
    question = ask(guest)
    with pytest.raises(DueDateIsPast):
        actions.assign_question(question, organisation=unit, due_on=date(2021, 2, 17), by=None, at=NOON)
    assert (Question.objects.get().state, question.assignments.count(), terms(question)) == ("open", 0, [])


@pytest.mark.parametrize("end", ["refuse", "withdraw"])
def test_the_term_ends_with_the_duty(end: str, guest: Participant, unit: Organisation) -> None:
    question = a_question("assigned", guest, unit)
    if end == "refuse":
        actions.refuse_question(question, by=None, at=LATER, ground="repeated")
    else:
        actions.withdraw_question(question, at=LATER)
    assert terms(question) == [(DUE, False)]
    assert [row.ended_at for row in question.assignments.all()] == [LATER]


def test_a_later_date_needs_a_reason_and_an_earlier_one_none(guest: Participant, unit: Organisation) -> None:
    question = a_question("assigned", guest, unit)
    with pytest.raises(ExtensionNeedsReason):
        actions.change_question_due_date(question, due_on=date(2021, 3, 30), by=None, at=LATER)
    actions.change_question_due_date(question, due_on=date(2021, 3, 1), by=None, at=LATER)
    assert terms(question) == [(date(2021, 3, 1), True)]


def test_an_answered_question_may_get_an_answer_in_writing_too(
    guest: Participant, unit: Organisation
) -> None:
    question = a_question("answered", guest, unit)
    actions.assign_question(question, organisation=unit, due_on=DUE, by=None, at=LATER)
    assert (Question.objects.get().state, Answer.objects.get().retracted_at) == ("assigned", None)
