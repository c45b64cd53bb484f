"""Answers in writing: drafted, cleared, sent back, signed in two languages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from factories import NOON, a_user
from kenes.deadlines.models import Term
from kenes.live.contracts import Stream
from kenes.organisations.models import Organisation
from kenes.programme.models import Participant
from kenes.questions import actions, errors
from kenes.questions.models import Answer, Question
from kenes.questions.rows import companions_of, question_row
from kenes.record.actions import sequence_leaves
from kenes.record.models import Leaf
from kenes.record.witnesses import problems_of_rows
from kenes.redaction.errors import UnreviewedPersonalData
from questions.acts import WRITTEN, a_question, minutes_later

pytestmark = pytest.mark.django_db

LATER = minutes_later(10)


@pytest.fixture
def cleared(guest: Participant, unit: Organisation) -> Question:
    return a_question("cleared", guest, unit)


def test_a_signed_answer_has_its_texts_its_unit_and_ends_the_term(
    cleared: Question, unit: Organisation
) -> None:
    by = a_user("signer")
    answer = actions.answer_in_writing(cleared, written=WRITTEN, by=by, at=LATER)
    kept = Answer.objects.get()
    assert (kept, kept.form, kept.organisation, kept.promise, kept.by) == (
        answer,
        "written",
        unit,
        "none",
        by,
    )
    assert (kept.language, kept.text) == ("ru", WRITTEN.texts["ru"])
    assert {text.language: text.text for text in kept.texts.all()} == WRITTEN.texts
    assert (kept.is_late, Question.objects.get().state) == (False, "answered")
    assert Term.objects.get().closed_at == LATER


def test_an_answer_after_the_date_is_late(cleared: Question) -> None:
    answer = actions.answer_in_writing(cleared, written=WRITTEN, by=None, at=NOON + timedelta(days=40))
    assert (answer.is_late, answer.working_days) == (True, None)


@pytest.mark.usefixtures("clock")
def test_the_working_days_it_took_are_counted_from_the_registration(
    guest: Participant, unit: Organisation
) -> None:
    question = a_question("cleared", guest, unit)
    answer = actions.answer_in_writing(question, written=WRITTEN, by=None, at=NOON + timedelta(days=5))
    assert answer.working_days == 3  # Friday, Monday, Tuesday


@pytest.mark.parametrize("missing", ["kk", "ru"])
def test_both_languages_are_needed(missing: str, cleared: Question) -> None:
    texts = {language: text for language, text in WRITTEN.texts.items() if language != missing}
    with pytest.raises(errors.BothLanguagesNeeded):
        actions.answer_in_writing(cleared, written=replace(WRITTEN, texts=texts), by=None, at=LATER)
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("promise", ["", "perhaps"])
def test_it_is_not_signed_before_it_says_whether_it_promises(promise: str, cleared: Question) -> None:
    with pytest.raises(errors.PromiseUnsaid):
        actions.answer_in_writing(cleared, written=replace(WRITTEN, promise=promise), by=None, at=LATER)
    assert (Answer.objects.count(), Question.objects.get().state) == (0, "cleared")


def test_the_language_it_was_written_in_is_one_of_its_texts(cleared: Question) -> None:
    with pytest.raises(errors.LanguageUnknown):
        actions.answer_in_writing(cleared, written=replace(WRITTEN, language="en"), by=None, at=LATER)


def test_a_text_with_personal_data_waits_for_its_review(cleared: Question) -> None:
    texts = {**WRITTEN.texts, "kk": "Хабарласыңыз: somebody@example.org"}
    with pytest.raises(UnreviewedPersonalData):
        actions.answer_in_writing(cleared, written=replace(WRITTEN, texts=texts), by=None, at=LATER)
    left = replace(WRITTEN, texts=texts, leave_reason="The office's address.")
    assert actions.answer_in_writing(cleared, written=left, by=None, at=LATER).form == "written"


def test_what_is_sent_back_is_assigned_again_with_a_reason(guest: Participant, unit: Organisation) -> None:
    for state in ("drafted", "cleared"):
        question = a_question(state, guest, unit)
        actions.send_back(question, by=None, at=LATER, reason="It answers another question.")
        last = question.moves.latest("id")
        assert (question.state, last.old, last.reason) == (
            "assigned",
            state,
            "It answers another question.",
        )
        assert question.assignments.get().ended_at is None


def test_the_row_carries_the_texts_and_hides_the_work_inside(cleared: Question) -> None:
    rows = []
    for _ in range(2):
        beside = companions_of([cleared], using="default")
        row = question_row(cleared, beside, stream=Stream.PUBLIC)
        rows.append((row["state"], row["answer"] and row["answer"]["texts"]))
        if cleared.state == "cleared":
            actions.answer_in_writing(cleared, written=WRITTEN, by=None, at=LATER)
    assert rows == [("assigned", None), ("answered", WRITTEN.texts)]


def test_the_log_commits_to_the_texts_and_the_rows_agree(cleared: Question) -> None:
    actions.answer_in_writing(cleared, written=WRITTEN, by=None, at=LATER)
    leaf = Leaf.objects.get(kind="question-answered-in-writing")
    sequence_leaves()
    assert (WRITTEN.texts["ru"] in leaf.body, list(problems_of_rows())) == (False, [])
    cleared.answers.get().texts.filter(language="kk").update(text="Орталық ашылмайды.")
    assert len(list(problems_of_rows())) == 1


def test_a_written_answer_is_not_taken_back(cleared: Question) -> None:
    actions.answer_in_writing(cleared, written=WRITTEN, by=None, at=LATER)
    with pytest.raises(errors.NoAnswerToRetract):
        actions.retract_answer(cleared, by=None, at=LATER, reason="It was wrong.")
