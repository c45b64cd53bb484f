"""What an asker writes after the answer stands only where it can be erased; erasure reaches the originals."""

from datetime import datetime

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from factories import NOON, a_body, a_user, grant
from kenes.accounts.personal_data import registered_personal_data
from kenes.accounts.states import Role
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions.actions import (
    WrittenAnswer,
    answer_in_writing,
    assign_question,
    clear_answer,
    decide_question_hits,
    reopen_question,
    submit_draft,
)
from kenes.questions.models import Question
from kenes.redaction.models import Original
from kenes.redaction.rules import find_personal_data
from kenes.redaction.states import Outcome
from kenes.redaction.subjects import Made, Verdict
from kenes.redaction.tasks import erase_originals_hourly
from redaction.conftest import ask

WORDS = "Nobody called me at the number of my aunt."


def redact(question: Question, at: datetime = NOON) -> None:
    made = [Made(hit, Outcome.REDACT) for hit in find_personal_data(question.text)]
    decide_question_hits(question, Verdict("text", question.text, made, None, at))


def test_the_reason_of_a_reopening_is_in_no_row_that_stays(meeting: Meeting, guest: Participant) -> None:
    question = ask(meeting, guest, "Когда откроют центр?")
    assign_question(question, organisation=meeting.host, by=None, at=NOON)
    submit_draft(question, by=None, at=NOON)
    clear_answer(question, by=None, at=NOON)
    written = WrittenAnswer(
        texts={"kk": "Көктемде.", "ru": "Весной."}, language="ru", answered_by="Head", promise="none"
    )
    answer_in_writing(question, written=written, by=None, at=NOON)
    reopen_question(question, at=NOON, reason=WORDS)
    holding = {
        model._meta.label
        for model in apps.get_models()
        for row in model.objects.values()
        if WORDS in str(row)
    }
    assert holding == {"questions.Reopening", "questions.Move"}


def test_erasing_a_person_erases_what_was_taken_out_of_their_questions(meeting: Meeting) -> None:
    user = a_user("asker")
    participant = join_meeting(meeting, name="Asker", user=user, previous=None, at=NOON)
    redact(ask(meeting, participant))
    part = next(part for part in registered_personal_data() if part.name == "redaction")
    assert len(part.export(user)) == 1
    part.erase(user, at=NOON)
    assert (Original.objects.get().sealed, part.export(user)) == ("", [])


def test_the_worker_erases_what_is_over(question: Question) -> None:
    redact(question)
    erase_originals_hourly.call_local()  # the originals of 2021 are over long ago
    assert Original.objects.get().sealed == ""


ROLES = [(role, True) for role in Role.values] + [(role, False) for role in Role.values]


@pytest.mark.parametrize(("role", "is_of_the_host"), ROLES)
def test_who_may_review_and_see_the_text_before(
    client: Client, question: Question, role: str, is_of_the_host: bool
) -> None:
    redact(question, timezone.now())
    body = question.meeting.host if is_of_the_host else a_body("Elsewhere")
    client.force_login(grant(a_user("somebody"), role, body))
    page = f"/en/redaction/question/{question.code}/"
    statuses = [client.get(page).status_code, client.post(f"{page}originals/").status_code]
    may = is_of_the_host and role in {Role.MODERATOR, Role.ADMINISTRATOR}
    assert statuses == ([200, 200] if may else [404, 404])


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_people_without_a_role_may_not(client: Client, question: Question, is_signed_in: bool) -> None:
    redact(question, timezone.now())
    if is_signed_in:
        client.force_login(a_user("participant"))
    page = f"/en/redaction/question/{question.code}/"
    assert [client.get(page).status_code, client.post(f"{page}originals/").status_code] == [404, 404]
