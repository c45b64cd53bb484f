"""What two people of a unit do at once: one act stands, the other is told, nothing is done twice."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client

from answering.people import KK, NOW, RU, Unit, ready, submitted
from kenes.answering import actions
from kenes.answering.access import link_token
from kenes.answering.actions import DraftWords, Signature
from kenes.answering.models import Clearance, DraftVersion
from kenes.answering.rules import CommitmentWords
from kenes.commitments.models import Commitment
from kenes.core.errors import KenesError
from kenes.notices.models import Message
from kenes.questions.models import Answer, AnswerText, Question
from kenes.record.models import Entry
from programme.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MARK = CommitmentWords({"kk": "Орталықты ашу.", "ru": "Открыть центр."}, None, date(2021, 5, 3))


def outcomes(act: Callable[[Question], object], question: Question) -> Counter[str]:
    """Return how often it was done, and how often refused by which type, by four at once."""

    def run() -> str:
        try:
            act(Question.objects.get(pk=question.pk))
        except KenesError as error:
            return error.type
        return "done"

    return Counter(at_once(run))


def test_an_answer_that_four_sign_at_once_is_published_once(question: Question, unit: Unit) -> None:
    ready(question, unit)
    signature = Signature("Director", CommitmentWords(MARK.texts, unit.body, MARK.due_on))
    told = outcomes(
        lambda mine: actions.sign_answer(mine, version=1, signature=signature, by=unit.signer, at=NOW),
        question,
    )
    assert told == {"done": 1, "work-not-now": 3}
    counts = [Answer.objects.count(), AnswerText.objects.count(), Commitment.objects.count()]
    assert [*counts, Entry.objects.filter(act="sign_answer").count()] == [1, 2, 1, 1]


def test_a_version_that_four_save_at_once_is_saved_by_the_first(question: Question, unit: Unit) -> None:
    texts = iter(["Первый.", "Второй.", "Третий.", "Четвёртый."])
    told = outcomes(
        lambda mine: actions.save_draft(
            mine, words=DraftWords({"ru": next(texts)}, "ru"), base=0, by=unit.drafter, at=NOW
        ),
        question,
    )
    assert (told, DraftVersion.objects.count()) == ({"done": 1, "draft-conflict": 3}, 1)


def test_a_step_that_four_clear_at_once_is_cleared_once(question: Question, unit: Unit) -> None:
    submitted(question, unit)
    told = outcomes(
        lambda mine: actions.clear_step(mine, version=1, by=unit.clearer, at=NOW),
        question,
    )
    assert (told, Clearance.objects.count()) == ({"done": 1, "work-not-now": 3}, 1)


def test_who_saves_while_another_signs_changes_nothing_that_was_read(question: Question, unit: Unit) -> None:
    ready(question, unit)
    signature = Signature("Director", CommitmentWords(MARK.texts, unit.body, MARK.due_on))
    acts = iter(["sign", "save", "sign", "save"])

    def act(mine: Question) -> object:
        if next(acts) == "sign":
            return actions.sign_answer(mine, version=1, signature=signature, by=unit.signer, at=NOW)
        words = DraftWords({"kk": KK, "ru": "Иначе."}, "ru")
        return actions.save_draft(mine, words=words, base=1, by=unit.drafter, at=NOW)

    assert outcomes(act, question) == {"done": 1, "work-not-now": 3}
    assert AnswerText.objects.get(language="ru").text == RU


def test_a_link_pressed_twice_at_once_accepts_once(question: Question, unit: Unit) -> None:
    assignment = question.assignments.get()
    address = f"/en/work/assignments/{link_token(assignment, unit.head)}/"

    def press() -> int:
        return Client().post(address, {"act": "accept"}).status_code

    with time_machine.travel(NOW, tick=False):
        statuses = Counter(at_once(press))
    assert statuses == {200: 1, 409: 3}
    assert Entry.objects.filter(act="accept_assignment").count() == 1
    assert Message.objects.filter(key__startswith="assignment-").count() == 2
