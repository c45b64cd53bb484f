"""Many questions at once: each with an answer of its own, what hindered one told beside it."""

from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from answering.people import KK, NOW, RU, Unit, a_unit, ready, saved, seen, submitted
from kenes.answering import actions
from kenes.answering.actions import BulkResult, DraftWords, Signature
from kenes.answering.actions.bulk import CHUNK, MOST_AT_ONCE
from kenes.answering.errors import NothingChosen, PlaceholderUnknown, TextsMissing, TooManyChosen
from kenes.answering.rules import CommitmentWords, NoCommitment
from kenes.commitments.models import Commitment
from kenes.commitments.queries import commitments_of
from kenes.links.models import End
from kenes.programme.models import Participant
from kenes.questions.models import Answer, Assignment, Question
from questions.acts import a_question

pytestmark = pytest.mark.django_db

# PostgreSQL is told of the changed feed by one more statement.
TOLD = int(connection.vendor == "postgresql")
WORDS = DraftWords(
    {"kk": "{code}: {unit} жауабы.", "ru": "На вопрос {code} («{meeting}», {day}) отвечает {unit}."}, "ru"
)
SIGNATURE = Signature("Head of the directorate", NoCommitment())


def questions(guest: Participant, unit: Unit, number: int) -> list[Question]:
    return [a_question("assigned", guest, unit.body) for _each in range(number)]


def hindered(results: list[BulkResult]) -> dict[str, str]:
    return {result.code: result.error.type for result in results if result.error}


def test_alike_questions_are_answered_with_one_text_and_each_gets_its_own(
    guest: Participant, unit: Unit
) -> None:
    number = CHUNK + 2
    chosen = questions(guest, unit, number)
    steps = [
        actions.draft_many(chosen, words=WORDS, by=unit.drafter, at=NOW),
        actions.check_many(chosen, seen=seen(*chosen), by=unit.clearer, at=NOW),
        actions.clear_many(chosen, seen=seen(*chosen), by=unit.clearer, at=NOW),
        actions.sign_many(chosen, signature=SIGNATURE, seen=seen(*chosen), by=unit.signer, at=NOW),
    ]
    assert [hindered(results) for results in steps] == [{}, {}, {}, {}]
    answers = {answer.question.code: answer.text for answer in Answer.objects.select_related("question")}
    code = chosen[-1].code
    assert (len(answers), answers[code]) == (
        number,
        f"На вопрос {code} («Семинар о молодёжи», 18 февраля 2021 г.) отвечает Directorate.",
    )


@pytest.mark.parametrize("number", [1, 3])
def test_each_question_more_costs_the_same_queries(
    number: int, guest: Participant, unit: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chosen = questions(guest, unit, number)
    for question in chosen:
        ready(question, unit)
    read = seen(*chosen)
    with django_assert_num_queries(5 + 36 * number + TOLD):
        actions.sign_many(chosen, signature=SIGNATURE, seen=read, by=unit.signer, at=NOW)


def test_a_commitment_of_many_answers_is_made_once_and_shown_by_each(guest: Participant, unit: Unit) -> None:
    chosen = questions(guest, unit, 2)
    for question in chosen:
        ready(question, unit)
    mark = CommitmentWords({"kk": "Орталықты ашу.", "ru": "Открыть центр."}, unit.body, date(2021, 5, 3))
    results = actions.sign_many(
        chosen, signature=Signature("Director", mark), seen=seen(*chosen), by=unit.signer, at=NOW
    )
    made = Commitment.objects.get()
    shown = [list(commitments_of(End("question", question.code))) for question in chosen]
    assert hindered(results) == {}
    assert shown == [[made], [made]]
    assert [answer.promise for answer in Answer.objects.all()] == ["made", "made"]


def test_one_that_is_hindered_keeps_nothing_back(guest: Participant, unit: Unit) -> None:
    chosen = questions(guest, unit, 3)
    saved(chosen[1], unit.drafter)
    actions.submit_to_clearance(chosen[1], version=1, by=unit.drafter, at=NOW)
    results = actions.draft_many(chosen, words=WORDS, by=unit.drafter, at=NOW)
    assert hindered(results) == {chosen[1].code: "work-not-now"}
    states = Question.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["drafted", "drafted", "drafted"]
    version = chosen[1].assignments.get().draft.versions.get()
    assert version.texts.filter(text__startswith="На вопрос").count() == 0


def test_what_one_may_not_do_is_done_with_none(guest: Participant, unit: Unit) -> None:
    chosen = questions(guest, unit, 2)
    for question in chosen:
        ready(question, unit)
    results = actions.sign_many(chosen, signature=SIGNATURE, seen=seen(*chosen), by=unit.head, at=NOW)
    assert hindered(results) == dict.fromkeys([question.code for question in chosen], "work-not-open")
    assert Answer.objects.count() == 0


def test_many_are_accepted_and_given_onward(guest: Participant, unit: Unit) -> None:
    chosen = questions(guest, unit, 2)
    other = a_unit("Department")
    assert hindered(actions.accept_many(chosen, by=unit.head, at=NOW)) == {}
    results = actions.assign_many_onward(
        chosen, organisation=other.body, by=unit.head, at=NOW, reason="Theirs."
    )
    running = Assignment.objects.filter(ended_at=None).values_list("organisation", flat=True)
    assert (hindered(results), list(running)) == ({}, [other.body.pk, other.body.pk])


@pytest.mark.parametrize(
    ("texts", "error", "said"),
    [
        (
            {"kk": "Жауап.", "ru": "Ответ {asker}."},
            PlaceholderUnknown,
            "The placeholder {asker} is not known. Known are: {code}, {meeting}, {day}, {unit}.",
        ),
        ({"ru": "Ответ."}, TextsMissing, "The answer is needed in Kazakh and in Russian. Missing: Қазақша."),
    ],
)
def test_a_text_that_would_hinder_each_is_refused_before_any(
    texts: dict[str, str], error: type[Exception], said: str, guest: Participant, unit: Unit
) -> None:
    chosen = questions(guest, unit, 1)
    with pytest.raises(error) as refused:
        actions.draft_many(chosen, words=DraftWords(texts, "ru"), by=unit.drafter, at=NOW)
    assert str(refused.value) == said
    assert not chosen[0].assignments.filter(draft__isnull=False).exists()


def test_a_version_that_was_not_read_is_neither_cleared_nor_signed(guest: Participant, unit: Unit) -> None:
    changed, kept = chosen = questions(guest, unit, 2)
    for question in chosen:
        submitted(question, unit)
    read = seen(*chosen)
    saved(changed, unit.head, base=1, ru="Иначе.", kk=KK)
    results = actions.clear_many(chosen, seen=read, by=unit.clearer, at=NOW)
    assert hindered(results) == {changed.code: "draft-version-changed"}
    actions.send_back(kept, by=unit.signer, at=NOW, reason="The month is wrong.")
    saved(kept, unit.drafter, base=1, ru=f"{RU} Иначе.", kk=KK)
    actions.check_many([kept], seen=seen(kept), by=unit.clearer, at=NOW)
    actions.submit_to_clearance(kept, version=2, by=unit.drafter, at=NOW)
    actions.clear_step(kept, version=2, by=unit.clearer, at=NOW)
    results = actions.sign_many([kept], signature=SIGNATURE, seen=read, by=unit.signer, at=NOW)
    assert hindered(results) == {kept.code: "draft-version-changed"}
    assert Answer.objects.count() == 0


def test_none_and_too_many_are_refused(question: Question, unit: Unit) -> None:
    with pytest.raises(NothingChosen):
        actions.accept_many([], by=unit.head, at=NOW)
    with pytest.raises(TooManyChosen):
        actions.accept_many([question] * (MOST_AT_ONCE + 1), by=unit.head, at=NOW)
